"""The emulated ECS agents and the service scheduler that moto lacks.

Instances boot, read their user data and register as container instances; services get their tasks
as placement and constraints say; tasks pull, run, rebuild their state and become healthy; and all
that ends with their instance. What this holds lives in moto's own objects, so that every AWS call
tells the same: a container instance of the ECS backend, a task of the ECS backend, a target of the
ELBv2 backend.

Time is real time, and every length of it can be set (`settings.py`). `simulation.py` advances the
whole, before and after each call and at least ten times a second.
"""
