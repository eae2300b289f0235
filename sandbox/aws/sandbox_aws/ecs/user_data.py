"""What an ECS node makes of its user data: the cluster that it joins, and its own attributes.

The user data is read as the node's operating system would read it, so that a node whose user data
is wrong never registers here either.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib  # type: ignore[import-not-found,no-redef]

_CONFIG_FILE = "/etc/ecs/ecs.config"
_HEREDOC = re.compile(r"<<(-?)\s*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\2")
_REDIRECT = re.compile(r"(>>?)\s*(['\"]?)([^\s'\"<>|;&]+)\2")
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html
_ATTRIBUTE_NAME = re.compile(r"^[A-Za-z0-9_./\\-]{1,128}$")
_ATTRIBUTE_VALUE = re.compile(r"^$|^[^\s](?:[A-Za-z0-9_.@:/\\ -]{0,127})$")


class BadUserData(Exception):
    """The node, or its ECS agent, doesn't come up with this."""


@dataclass(frozen=True)
class AgentConfig:
    cluster: str
    attributes: Dict[str, str]
    reserved_memory_mib: int = 0


def read_agent_config(os: Optional[str], user_data: Optional[str]) -> AgentConfig:
    """Raises BadUserData with the reason if no agent would register with it."""
    if os == "bottlerocket":
        return _bottlerocket(user_data or "")
    if os == "al2023":
        return _amazon_linux(user_data or "")
    raise BadUserData("the image has no ECS agent")


def _bottlerocket(text: str) -> AgentConfig:
    try:
        settings = tomllib.loads(text).get("settings", {})
    except tomllib.TOMLDecodeError as error:
        raise BadUserData(f"not TOML: {error}") from None
    ecs = settings.get("ecs", {})
    attributes = ecs.get("instance-attributes", {})
    if not all(isinstance(value, str) for value in attributes.values()):
        raise BadUserData("settings.ecs.instance-attributes must be strings")
    return _checked(ecs.get("cluster", "default"), attributes, 0)


def _amazon_linux(text: str) -> AgentConfig:
    # cloud-init runs what begins with #! and passes over what it doesn't know.
    variables = _variables(_written_config(text)) if text.startswith("#!") else {}
    try:
        attributes = json.loads(variables.get("ECS_INSTANCE_ATTRIBUTES") or "{}")
    except ValueError:
        raise BadUserData("ECS_INSTANCE_ATTRIBUTES is not JSON") from None
    if not isinstance(attributes, dict) or not all(isinstance(value, str) for value in attributes.values()):
        raise BadUserData("ECS_INSTANCE_ATTRIBUTES must be an object of strings")
    reserved = variables.get("ECS_RESERVED_MEMORY", "0")
    return _checked(variables.get("ECS_CLUSTER") or "default", attributes, int(reserved) if reserved.isdigit() else 0)


def _checked(cluster: Any, attributes: Dict[str, str], reserved: int) -> AgentConfig:
    if not isinstance(cluster, str) or not cluster:
        raise BadUserData(f"the cluster must be a name or an ARN, got {cluster!r}")
    for name, value in attributes.items():
        if not _ATTRIBUTE_NAME.match(name) or name.startswith(("ecs.", "com.amazonaws.")):
            raise BadUserData(f"ECS takes no attribute {name!r}")
        if not _ATTRIBUTE_VALUE.match(value) or value != value.strip():
            raise BadUserData(f"ECS takes no value {value!r} of attribute {name!r}")
    return AgentConfig(cluster.split("/")[-1], dict(attributes), reserved)


def _variables(config: str) -> Dict[str, str]:
    """An environment file as systemd and Docker read it: NAME=VALUE, no quoting."""
    lines = (line.strip() for line in config.splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value for name, value in pairs}


def _written_config(script: str) -> str:
    """What the script leaves in the agent's config file: here-documents and echo lines that go there."""
    content = ""
    lines = script.splitlines()
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        body: Optional[str] = None
        heredoc = _HEREDOC.search(line)
        if heredoc:
            body, index = _heredoc_body(lines, index, heredoc.group(3), strip_tabs=bool(heredoc.group(1)))
        redirect = _redirect_to_config(line)
        if redirect is None:
            continue
        written = body if body is not None else _echoed(line)
        content = written if redirect == ">" else content + written
    return content


def _redirect_to_config(line: str) -> Optional[str]:
    """`>` or `>>` if the line writes the config file."""
    if line.lstrip().startswith("#"):
        return None
    for redirect in _REDIRECT.finditer(line):
        if redirect.group(3) == _CONFIG_FILE:
            return redirect.group(1)
    if re.search(rf"\btee\s+-a\s+{_CONFIG_FILE}\b", line):
        return ">>"
    return ">" if re.search(rf"\btee\s+{_CONFIG_FILE}\b", line) else None


def _heredoc_body(lines: List[str], index: int, end: str, strip_tabs: bool) -> Tuple[str, int]:
    body = []
    while index < len(lines):
        line = lines[index].lstrip("\t") if strip_tabs else lines[index]
        index += 1
        if line == end:
            break
        body.append(f"{line}\n")
    return "".join(body), index


def _echoed(line: str) -> str:
    command = _REDIRECT.split(line)[0].split("|")[0]
    try:
        words = shlex.split(command)
    except ValueError:
        raise BadUserData(f"not understood: {line}") from None
    if words[:1] != ["echo"]:
        return ""
    return " ".join(words[1:]) + "\n"
