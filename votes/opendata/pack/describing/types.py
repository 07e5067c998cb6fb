"""What CSVW and Frictionless call the types of columns; they agree."""

import datetime

NAMES: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    datetime.date: "date",
    datetime.datetime: "datetime",
}
