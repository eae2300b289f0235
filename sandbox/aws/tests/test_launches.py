"""`python3 -m unittest discover tests`, in the folder above; needs no moto."""

import unittest

from sandbox_aws.launches import LaunchLimits
from sandbox_aws.requests import parse_request


class LaunchLimitsTest(unittest.TestCase):
    def setUp(self):
        self.limits = LaunchLimits()

    def test_a_zone_without_capacity_has_none_of_the_type_named_and_of_all_if_none_is(self):
        self.limits.add({"kind": "no-capacity", "instanceType": "t3.xlarge", "availabilityZone": "us-east-1a"})
        self.assertFalse(self.limits.has_capacity("t3.xlarge", "us-east-1a"))
        self.assertTrue(self.limits.has_capacity("t3.xlarge", "us-east-1b"))
        self.assertTrue(self.limits.has_capacity("m5.large", "us-east-1a"))
        self.limits.add({"kind": "no-capacity", "availabilityZone": "us-east-1b"})
        self.assertFalse(self.limits.has_capacity("m5.large", "us-east-1b"))

    def test_what_a_zone_lacks_is_of_one_type_and_one_zone(self):
        self.limits.add({"kind": "not-offered", "instanceType": "t3.xlarge", "availabilityZone": "us-east-1a"})
        self.assertFalse(self.limits.offers("t3.xlarge", "us-east-1a"))
        self.assertTrue(self.limits.offers("t3.xlarge", "us-east-1b"))
        self.assertTrue(self.limits.has_capacity("t3.xlarge", "us-east-1a"))

    def test_a_policy_denies_what_lacks_its_tag_or_has_it_with_another_value(self):
        self.assertFalse(self.limits.denies({}))
        self.limits.add({"kind": "denied-without-tag", "tag": "team", "value": "cdn"})
        self.assertTrue(self.limits.denies({}))
        self.assertTrue(self.limits.denies({"team": "other"}))
        self.assertFalse(self.limits.denies({"team": "cdn"}))
        self.limits.add({"kind": "denied-without-tag", "tag": "cost"})
        self.assertTrue(self.limits.denies({"team": "cdn"}))
        self.assertFalse(self.limits.denies({"team": "cdn", "cost": "any"}))

    def test_refuses_what_means_nothing(self):
        for spec, words in (
            ({}, "kind must be one of"),
            ({"kind": "not-offered", "instanceType": "t3.xlarge"}, "must name availabilityZone"),
            ({"kind": "no-capacity", "tag": "team"}, "tag means nothing to no-capacity"),
            ({"kind": "no-capacity", "instanceType": 3}, "must be a text"),
        ):
            with self.assertRaisesRegex(ValueError, words):
                self.limits.add(spec)

    def test_is_taken_back_whole(self):
        self.limits.add({"kind": "no-capacity"})
        self.limits.clear()
        self.assertTrue(self.limits.has_capacity("t3.xlarge", "us-east-1a"))


class DryRunTest(unittest.TestCase):
    def test_a_call_that_only_asks_changes_nothing(self):
        environ = {
            "REQUEST_METHOD": "POST",
            "HTTP_AUTHORIZATION": "AWS4-HMAC-SHA256 Credential=1/20260101/us-east-1/ec2/aws4_request",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
        }
        for flag, mutating in (("true", False), ("false", True)):
            body = f"Action=RunInstances&Version=2016-11-15&DryRun={flag}".encode()
            self.assertEqual(parse_request(environ, body).mutating, mutating)
