"""`python3 record.py`: records in models.json what AWS's API models, as botocore has them, say of
the texts that are the members of rules.json. A member that the models don't have is an error.
"""

import json
import re
from pathlib import Path
from typing import Dict, Union

import botocore
import botocore.session

FOLDER = Path(__file__).parent
CONSTRAINTS = ("min", "max", "pattern")

Constraints = Dict[str, Union[int, str]]


def recorded_models() -> Dict[str, object]:
    """{botocore's version, constraints by `<service>:<action> <member>`; {} where there are none}."""
    members = json.loads((FOLDER / "rules.json").read_text("utf-8"))["members"]
    session = botocore.session.get_session()
    return {
        "botocore": botocore.__version__,
        "members": {member: constraints_of(session, member) for member in members},
    }


def constraints_of(session, member: str) -> Constraints:
    api, _, inner = member.partition(" > ")
    service, action, path = re.split("[: ]", api)
    shape = session.get_service_model(service).operation_model(action).input_shape
    for step in re.findall(r"[^.\[\]]+|\[\]", path):
        shape = shape.member if step == "[]" else shape.members[step]
    if shape.type_name != "string":
        raise ValueError(f"{member} is a {shape.type_name}, not a string")
    if inner:
        return {}
    return {key: shape.metadata[key] for key in CONSTRAINTS if key in shape.metadata}


def main() -> None:
    text = json.dumps(recorded_models(), indent=2, sort_keys=True)
    (FOLDER / "models.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
