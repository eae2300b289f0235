"""How requests are read and held to AWS's models and prose; needs botocore, which moto brings."""

import json
import re
import unittest
from urllib.parse import urlencode

from sandbox_aws.contract.decode import Ec2Decoder, FormDecoder, JsonDecoder
from sandbox_aws.contract.dropped import Reads, dropped_members
from sandbox_aws.contract.models import SERVICES, find_operation, find_s3_operation, load_model
from sandbox_aws.contract.patterns import compiled
from sandbox_aws.contract.refusal import form_tree, judge
from sandbox_aws.contract.rules import TEXTS, check_relation, select, table
from sandbox_aws.requests import parse_request

AUTHORIZATION = "AWS4-HMAC-SHA256 Credential=1/20260101/us-east-1/{}/aws4_request"


def decoded(kind, service, action, node):
    problems = []
    operation = find_operation(service, action)
    return kind(operation.model).decode(operation.input, node, problems), problems


class DecodeTest(unittest.TestCase):
    def test_reads_lists_and_maps_of_a_form(self):
        form = "Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=a&Name=b&Tags.member.1.Key=k&Tags.member.1.Value=v"
        value, problems = decoded(FormDecoder, "sns", "CreateTopic", form_tree(form))
        self.assertEqual(problems, [])
        self.assertEqual(value, {"Attributes": {"DisplayName": "a"}, "Name": "b", "Tags": [{"Key": "k", "Value": "v"}]})

    def test_reads_lists_of_ec2_in_the_order_of_their_numbers(self):
        names = {f"InstanceId.{number}": f"i-{number}" for number in (1, 2, 10)}
        value, problems = decoded(Ec2Decoder, "ec2", "DescribeInstances", form_tree(urlencode(names)))
        self.assertEqual((value, problems), ({"InstanceIds": ["i-1", "i-2", "i-10"]}, []))

    def test_tells_a_list_that_is_written_as_another_protocol_does(self):
        _, problems = decoded(FormDecoder, "sns", "CreateTopic", form_tree("Name=b&Tags.1.Key=k"))
        self.assertEqual([(each.kind, each.path) for each in problems], [("malformed", "Tags")])

    def test_takes_null_for_absent_and_no_other_kind_for_a_number(self):
        value, problems = decoded(JsonDecoder, "ecs", "CreateService", {"serviceName": None, "desiredCount": True})
        self.assertEqual(value, {"desiredCount": None})
        self.assertEqual([(each.kind, each.path) for each in problems], [("malformed", "desiredCount")])

    def test_refuses_a_form_with_a_name_twice_or_below_a_value(self):
        for form in ("a=1&a=2", "a=1&a.b=2"):
            with self.assertRaises(ValueError):
                form_tree(form)


class S3Test(unittest.TestCase):
    def operation(self, method, path, query=None, headers=None):
        operation, labels = find_s3_operation(method, path, query or {}, headers or {})
        return operation.name if operation else None, labels

    def test_tells_operations_by_method_path_query_and_headers(self):
        in_bucket, in_object = {"Bucket": "b"}, {"Bucket": "b", "Key": "k/l"}
        for expected, labels, *request in [
            ("ListBuckets", {}, "GET", "/"),
            ("CreateBucket", in_bucket, "PUT", "/b"),
            ("ListObjectsV2", in_bucket, "GET", "/b", {"list-type": "2", "prefix": "a"}),
            ("GetBucketLifecycleConfiguration", in_bucket, "GET", "/b", {"lifecycle": ""}),
            ("PutObject", in_object, "PUT", "/b/k/l", {"x-id": "PutObject"}),
            ("CopyObject", in_object, "PUT", "/b/k/l", {}, {"x-amz-copy-source": "/b/m"}),
            ("UploadPart", in_object, "PUT", "/b/k/l", {"partNumber": "1", "uploadId": "u"}),
            ("DeleteObjects", in_bucket, "POST", "/b", {"delete": ""}),
        ]:
            self.assertEqual(self.operation(*request), (expected, labels))

    def test_knows_no_operation_of_a_method_that_there_is_none_of(self):
        self.assertEqual(self.operation("PATCH", "/b")[0], None)


class PatternsTest(unittest.TestCase):
    def test_reads_classes_as_java_and_ecmascript_do(self):
        self.assertTrue(compiled(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*").fullmatch("Größe 1 €"[:7]))
        self.assertFalse(compiled(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*").fullmatch("it's"))
        self.assertFalse(compiled(r"\w+").fullmatch("é"))
        self.assertFalse(compiled(r"[a-z]*").fullmatch("a\n"))

    def test_reads_every_pattern_of_the_models_and_of_the_table(self):
        patterns = {
            shape["pattern"]
            for service in SERVICES.values()
            for shape in load_model(service).shapes.values()
            if "pattern" in shape
        }
        patterns |= {rule["pattern"] for rule in table()["rules"].values() if "pattern" in rule}
        for pattern in patterns:
            compiled(pattern)


class TableTest(unittest.TestCase):
    def test_relations_are_of_members_that_the_models_have(self):
        for row in table()["relations"]:
            for action in row["actions"]:
                self.assertEqual(self.unknown(row, action.replace("ec2:*", "ec2:RunInstances")), [])

    def unknown(self, row, action):
        each = f"{row['each']}." if "each" in row else ""
        others = [row[kind] for kind in ("sameAs", "lessThan", "noMoreThan") if kind in row]
        paths = [*row.get("where", {}), *row.get("unless", {}), *(each + path for path in [*row.get("whereEach", {}), *row["members"], *others])]
        return [path for path in paths if not self.has(*action.split(":"), path)]

    def has(self, service, action, path):
        operation = find_operation(service, action)
        shape = operation.model.shapes[operation.input]
        for step in re.findall(r"[^.\[\]]+|\[\]", path):
            reference = shape.get("member") if step == "[]" else shape.get("value") or shape.get("members", {}).get(step)
            if reference is None:
                return False
            shape = operation.model.shapes[reference["shape"]]
        return True

    def test_every_service_has_its_errors(self):
        services = json.loads((TEXTS / "errors.json").read_text("utf-8"))["services"]
        self.assertEqual(sorted(services), sorted(SERVICES.values()))

    def test_dropped_members_are_of_calls_that_the_models_have_and_have_a_reason(self):
        listed = json.loads((TEXTS / "dropped.json").read_text("utf-8"))["dropped"]
        for action, members in listed.items():
            for member, reason in members.items():
                plain = member.replace(".", "[].")
                service, name = action.replace("ec2:*", "ec2:DescribeInstances").split(":")
                self.assertTrue(self.has(service, name, member) or self.has(service, name, plain), f"{action} {member}")
                self.assertGreater(len(reason), 10)

    def test_a_row_of_each_kind_refuses_and_takes(self):
        for row, taken, refused in [
            ({"absent": True}, {}, {"a": 1}),
            ({"oneOf": [1, 2]}, {"a": 2}, {"a": 3}),
            ({"multipleOf": 60, "exceptFor": [10]}, {"a": 10}, {"a": 50}),
            ({"min": 5}, {"a": 5}, {"a": 4}),
            ({"max": 5}, {"a": 5}, {"a": 6}),
            ({"sameAs": "b"}, {"a": 1, "b": 1}, {"a": 1, "b": 2}),
            ({"lessThan": "b"}, {"a": 1, "b": 2}, {"a": 2, "b": 2}),
            ({"noMoreThan": "b"}, {"a": 2, "b": 2}, {"a": 3, "b": 2}),
            ({"members": ["a[]"], "distinct": True}, {"a": [1, 2]}, {"a": [1, 1]}),
            ({"members": ["a[]"], "maxItems": 1}, {"a": [1]}, {"a": [1, 2]}),
            ({"members": ["a[]"], "minItems": 1}, {"a": [1]}, {"a": []}),
            ({"absent": True, "where": {"c": ["x"]}}, {"a": 1, "c": "y"}, {"a": 1, "c": "x"}),
            ({"absent": True, "each": "d[]", "whereEach": {"c": None}}, {"d": [{"a": 1}]}, {"d": [{"a": 1, "c": 0}]}),
        ]:
            row = {"members": ["a"], "says": "no", **row}
            for value, count in ((taken, 0), (refused, 1)):
                problems = []
                check_relation(row, value, problems)
                self.assertEqual(len(problems), count, (row, value))

    def test_selects_what_is_there_with_its_place(self):
        value = {"a": [{"b": 1}, {"c": 2}, {"b": 3}]}
        self.assertEqual(list(select(value, "a[].b")), [("a[0].b", 1), ("a[2].b", 3)])
        self.assertEqual(list(select(value, "x[].b")), [])


class JudgeTest(unittest.TestCase):
    def refusal(self, service, body, **environ):
        environ = {"REQUEST_METHOD": "POST", "HTTP_AUTHORIZATION": AUTHORIZATION.format(service), **environ}
        return judge(parse_request(environ, body), environ, body).refusal

    def json_refusal(self, service, target, body):
        return self.refusal(service, body, HTTP_X_AMZ_TARGET=target, CONTENT_TYPE="application/x-amz-json-1.1")

    def test_never_raises_for_what_a_client_sent(self):
        for body in (b"", b"[]", b"1", b"nul", b"{", b"\xff", b'{"clusterName": {}}', b'{"tags": 1}'):
            refusal = self.json_refusal("ecs", "AmazonEC2ContainerServiceV20141113.CreateCluster", body)
            self.assertTrue(refusal is None or refusal[0] == 400, body)
        for body in (b"Action=CreateTags&ResourceId=a", b"Action=CreateTags&Tag.1=a", b"Action=CreateTags&Tag.x.Key=a"):
            form = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}
            self.assertEqual(self.refusal("ec2", body, **form)[0], 400)

    def test_reads_cbor(self):
        path = "/service/GraniteServiceVersion20100801/operation/DescribeAlarms"
        # {"MaxRecords": 0} and {"MaxRecords": 1}
        for last, status in ((b"\x00", 400), (b"\x01", None)):
            body = b"\xa1\x6aMaxRecords" + last
            refusal = self.refusal("monitoring", body, PATH_INFO=path, CONTENT_TYPE="application/cbor")
            self.assertEqual(refusal and refusal[0], status)


class DroppedTest(unittest.TestCase):
    sent = {"cluster": "c", "settings": [{"name": "a", "value": "b"}], "tags": [{"key": "k", "value": "v"}]}

    def dropped(self, read):
        reads = Reads()
        read(reads.watch(self.sent))
        return dropped_members(find_operation("ecs", "CreateCluster"), self.sent, reads)

    def test_tells_what_nobody_read(self):
        self.assertEqual(self.dropped(lambda members: members["cluster"]), ["settings", "tags"])

    def test_counts_a_structure_that_is_kept_whole(self):
        self.assertEqual(self.dropped(lambda members: [members.get(name) for name in self.sent]), [])
        self.assertEqual(self.dropped(lambda members: dict(members)), [])

    def test_tells_a_member_of_a_structure_of_which_others_were_read(self):
        def read(members):
            dict(members)
            members["settings"][0]["name"]

        self.assertEqual(self.dropped(read), ["settings.value"])

    def test_says_nothing_where_it_could_not_watch(self):
        operation = find_operation("ecs", "CreateCluster")
        self.assertEqual(dropped_members(operation, self.sent, Reads()), [])


if __name__ == "__main__":
    unittest.main()
