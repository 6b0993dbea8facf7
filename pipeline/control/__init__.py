"""The room that starts and stops the installation from outside: the newsroom and Airflow's components as processes.

In: the settings. Out: running processes on 127.0.0.1 and nothing left behind when they are stopped. `make run`,
`make up` and `make down` are thin words over this room. Airflow is spoken to as a program and over its REST API;
it is never imported here, as nowhere in `pipeline/`.
"""
