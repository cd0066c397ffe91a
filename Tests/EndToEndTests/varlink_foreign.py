#!/usr/bin/env python3
"""Asks a Varlink service through the Python package `varlink`, which shares no code with it.

usage: varlink_foreign.py SOCKET [--call METHOD JSON]... [--more METHOD JSON COUNT]...

Lists the interfaces, reads and parses every description, checks the errors that every service gives, then makes the
calls asked for: --call makes one, --more takes COUNT replies of a series and then closes. METHOD is a full name, JSON
the parameters. Prints one JSON object a line. Exits 0 when all went well, 1 when the service did something else, with
the reason on stderr. An error reply to --call is printed as {"error": …, "parameters": …} and is no failure.
"""

import argparse
import json
import sys

import varlink


def fail(message):
    sys.exit(f"varlink_foreign: {message}")


def show(**values):
    print(json.dumps(values, sort_keys=True), flush=True)


def split(method):
    interface, _, name = method.rpartition(".")
    if not interface:
        fail(f"{method} is not a full method name")
    return interface, name


def expect_error(connection, name, parameters, method, arguments):
    try:
        getattr(connection, method)(**arguments)
    except varlink.VarlinkError as error:
        if error.error() != name or error.parameters() != parameters:
            fail(f"{method} gave {error.error()} {error.parameters()}, expected {name} {parameters}")
        return
    fail(f"{method} gave no {name}")


def check_service(client):
    with client.open("org.varlink.service") as service:
        info = service.GetInfo()
        for key in ("vendor", "product", "version", "url"):
            if not isinstance(info[key], str) or not info[key]:
                fail(f"GetInfo has no {key}")
        names = info["interfaces"]
        if "org.varlink.service" not in names or len(set(names)) != len(names):
            fail(f"GetInfo lists the interfaces {names}")
        show(info=info)
        missing = {"interface": "org.example.missing"}
        expect_error(
            service, "org.varlink.service.InterfaceNotFound", missing, "GetInterfaceDescription", missing)
    return names


def check_descriptions(client, names):
    for name in names:
        with client.open("org.varlink.service") as service:
            text = service.GetInterfaceDescription(name)["description"]
        interface = varlink.Interface(text)
        if interface.name != name:
            fail(f"the description of {name} is that of {interface.name}")
        methods = sorted(
            member for member, value in interface.members.items() if type(value).__name__ == "_Method")
        if not methods:
            fail(f"{name} has no methods")
        show(interface=name, methods=methods)


def call(client, method, parameters):
    interface, name = split(method)
    with client.open(interface) as connection:
        try:
            show(method=method, reply=getattr(connection, name)(**parameters))
        except varlink.VarlinkError as error:
            show(method=method, error=error.error(), parameters=error.parameters())


def call_for_more(client, method, parameters, count):
    interface, name = split(method)
    with client.open(interface) as connection:
        replies = getattr(connection, name)(_more=True, **parameters)
        for _, reply in zip(range(count), replies):
            show(method=method, reply=reply)


def main():
    parser = argparse.ArgumentParser(description="ask a Varlink service as a foreign client")
    parser.add_argument("socket")
    parser.add_argument("--call", nargs=2, action="append", default=[], metavar=("METHOD", "JSON"))
    parser.add_argument("--more", nargs=3, action="append", default=[], metavar=("METHOD", "JSON", "COUNT"))
    arguments = parser.parse_args()
    with varlink.Client.new_with_address(f"unix:{arguments.socket}") as client:
        check_descriptions(client, check_service(client))
        for method, parameters in arguments.call:
            call(client, method, json.loads(parameters))
        for method, parameters, count in arguments.more:
            call_for_more(client, method, json.loads(parameters), int(count))


if __name__ == "__main__":
    main()
