"""Needs botocore, which moto brings."""

import json
import unittest

from texts.record import FOLDER, recorded_models


class ModelsTest(unittest.TestCase):
    def test_are_recorded_as_they_are(self):
        recorded = json.loads((FOLDER / "models.json").read_text("utf-8"))
        self.assertEqual(recorded_models()["members"], recorded["members"])


if __name__ == "__main__":
    unittest.main()
