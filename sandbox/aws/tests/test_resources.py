"""Where tasks fit; needs moto."""

import unittest

from sandbox_aws.ecs.resources import Resources, fits, offered_by, remaining


def mapping(first, count):
    return Resources(tcp=frozenset(str(first + index) for index in range(count)))


class PortsTest(unittest.TestCase):
    # 5 of them are the agent's own.
    node = offered_by("t3.large", 0)

    def test_takes_ports_up_to_a_hundred_reserved_ones(self):
        self.assertTrue(fits(self.node, mapping(3000, 94)))
        self.assertTrue(fits(self.node, mapping(3000, 95)))
        self.assertFalse(fits(self.node, mapping(3000, 96)))

    def test_counts_those_that_other_tasks_map(self):
        left = remaining(self.node, [mapping(3000, 60), mapping(4000, 35)])
        self.assertFalse(fits(left, mapping(5000, 1)))
        self.assertTrue(fits(left, Resources()))

    def test_takes_no_port_that_is_in_use(self):
        self.assertFalse(fits(self.node, mapping(22, 1)))
        self.assertFalse(fits(remaining(self.node, [mapping(3000, 2)]), mapping(3001, 2)))


if __name__ == "__main__":
    unittest.main()
