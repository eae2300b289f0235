"""`python3 -m unittest discover tests`, in the folder above; needs no moto."""

import unittest

from sandbox_aws.rates import RateLimits, TokenBucket, rates_of
from sandbox_aws.requests import AwsRequest, parse_request


def request(service, action, region="us-east-1", reads_all=False):
    return AwsRequest(service, action, region, "123456789012", "json", reads_all)


class TokenBucketTest(unittest.TestCase):
    def take(self, bucket, now):
        held = bucket.holds_one(now)
        if held:
            bucket.take()
        return held

    def test_lets_a_burst_pass_and_no_call_more(self):
        bucket = TokenBucket(3, 1, now=0)
        self.assertEqual([self.take(bucket, 0) for _ in range(4)], [True, True, True, False])

    def test_gains_a_token_in_the_time_of_one_and_not_before(self):
        bucket = TokenBucket(1, 4, now=0)
        self.assertTrue(self.take(bucket, 0))
        self.assertFalse(self.take(bucket, 0.125))
        self.assertTrue(self.take(bucket, 0.25))

    def test_never_holds_more_than_the_burst(self):
        bucket = TokenBucket(2, 10, now=0)
        self.assertEqual([self.take(bucket, 1000) for _ in range(3)], [True, True, False])

    def test_is_not_filled_by_a_clock_that_goes_back(self):
        bucket = TokenBucket(1, 1, now=10)
        self.assertTrue(self.take(bucket, 10))
        self.assertFalse(self.take(bucket, 5))
        self.assertFalse(self.take(bucket, 10.5))
        self.assertTrue(self.take(bucket, 11))


class RatesOfTest(unittest.TestCase):
    def buckets(self, *args, **options):
        return [(rate.bucket, rate.burst, rate.refill) for rate in rates_of(request(*args, **options))]

    def test_registering_and_deregistering_share_a_bucket(self):
        expected = [("ecs task definition changes", 20, 1)]
        self.assertEqual(self.buckets("ecs", "RegisterTaskDefinition"), expected)
        self.assertEqual(self.buckets("ecs", "DeregisterTaskDefinition"), expected)

    def test_the_rates_of_ecs(self):
        for action, expected in {
            "UpdateService": ("ecs service changes", 50, 5),
            "DescribeServices": ("ecs service reads", 100, 20),
            "DescribeTasks": ("ecs cluster resource reads", 100, 20),
            "StopTask": ("ecs cluster resource changes", 100, 40),
            "DescribeClusters": ("ecs cluster reads", 50, 20),
            "ListTagsForResource": ("ecs tag reads", 50, 20),
            "DescribeTaskDefinition": ("ecs task definition reads", 50, 20),
        }.items():
            self.assertEqual(self.buckets("ecs", action), [expected])

    def test_ec2_counts_each_action_apart(self):
        self.assertEqual(self.buckets("ec2", "DescribeVpcs"), [("ec2 DescribeVpcs", 100, 20)])
        self.assertEqual(self.buckets("ec2", "CreateVpc"), [("ec2 CreateVpc", 50, 5)])
        self.assertEqual(self.buckets("ec2", "RunInstances"), [("ec2 RunInstances", 5, 2)])

    def test_a_look_at_all_instances_is_dearer(self):
        self.assertEqual(self.buckets("ec2", "DescribeInstances"), [("ec2 DescribeInstances", 100, 20)])
        self.assertEqual(
            self.buckets("ec2", "DescribeInstances", reads_all=True), [("ec2 DescribeInstances of all", 50, 10)]
        )

    def test_elastic_load_balancing_counts_the_kind_and_the_whole(self):
        whole = ("elbv2", 40, 10)
        self.assertEqual(self.buckets("elasticloadbalancing", "DescribeRules"), [whole, ("elbv2 reads", 40, 10)])
        self.assertEqual(self.buckets("elasticloadbalancing", "CreateRule"), [whole, ("elbv2 changes", 20, 3)])
        self.assertEqual(
            self.buckets("elasticloadbalancing", "SetSubnets"), [whole, ("elbv2 resource-intensive", 10, 0.2)]
        )

    def test_other_services_pass(self):
        self.assertEqual(self.buckets("s3", "PutObject"), [])


class ReadsAllTest(unittest.TestCase):
    def reads_all(self, body):
        authorization = "AWS4-HMAC-SHA256 Credential=1/20260101/us-east-1/ec2/aws4_request"
        environ = {
            "REQUEST_METHOD": "POST",
            "HTTP_AUTHORIZATION": authorization,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
        }
        return parse_request(environ, body).reads_all

    def test_ids_filters_and_page_sizes_make_it_a_cheap_one(self):
        self.assertTrue(self.reads_all(b"Action=DescribeInstances&Version=2016-11-15"))
        self.assertFalse(self.reads_all(b"Action=DescribeInstances&InstanceId.1=i-1"))
        self.assertFalse(self.reads_all(b"Action=DescribeInstances&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1"))
        self.assertFalse(self.reads_all(b"Action=DescribeInstances&MaxResults=1000"))


class RateLimitsTest(unittest.TestCase):
    def setUp(self):
        self.now = 0.0
        self.rates = RateLimits(lambda: self.now)

    def admitted(self, count, *args):
        return sum(self.rates.admits(request(*args)) for _ in range(count))

    def test_is_off_until_it_is_configured(self):
        self.assertEqual(self.admitted(500, "ecs", "RegisterTaskDefinition"), 500)
        self.assertEqual(self.rates.latency_seconds(request("ecs", "RegisterTaskDefinition")), 0)

    def test_admits_the_burst_and_then_the_refill(self):
        self.rates.configure({"enabled": True})
        self.assertEqual(self.admitted(30, "ecs", "RegisterTaskDefinition"), 20)
        self.now = 3.0
        self.assertEqual(self.admitted(30, "ecs", "DeregisterTaskDefinition"), 3)

    def test_regions_have_buckets_of_their_own(self):
        self.rates.configure({"enabled": True})
        self.assertEqual(self.admitted(30, "ecs", "RegisterTaskDefinition"), 20)
        self.assertEqual(self.admitted(30, "ecs", "RegisterTaskDefinition", "eu-west-1"), 20)

    def test_a_call_that_one_bucket_refuses_takes_nothing_from_the_other(self):
        self.rates.configure({"enabled": True})
        self.assertEqual(self.admitted(30, "elasticloadbalancing", "CreateRule"), 20)
        self.assertEqual(self.admitted(30, "elasticloadbalancing", "DescribeRules"), 20)

    def test_changes_take_longer_than_reads(self):
        self.rates.configure({"enabled": True})
        self.assertEqual(self.rates.latency_seconds(request("ecs", "DescribeServices")), 0.05)
        self.assertEqual(self.rates.latency_seconds(request("ecs", "UpdateService")), 0.15)

    def test_a_fork_starts_with_full_buckets_and_the_same_settings(self):
        self.rates.configure({"enabled": True, "readMilliseconds": 7})
        self.admitted(30, "ecs", "RegisterTaskDefinition")
        self.rates.after_fork()
        self.assertEqual(self.admitted(30, "ecs", "RegisterTaskDefinition"), 20)
        self.assertEqual(self.rates.describe()["readMilliseconds"], 7)

    def test_refuses_settings_that_mean_nothing(self):
        for spec, message in [
            ({"enabled": 1}, "enabled must be true or false, got 1"),
            ({"readMilliseconds": -1}, "readMilliseconds must be a number from 0 to 60000, got -1"),
            ({"speed": 3}, "no such setting of rates: speed"),
        ]:
            with self.assertRaises(ValueError) as raised:
                self.rates.configure(spec)
            self.assertEqual(str(raised.exception), message)


if __name__ == "__main__":
    unittest.main()
