"""Reads SQL with PostgreSQL's own parser (pglast) and with squawk, and says what each statement does.

    python sql_reader.py < {"texts": [{"id": "...", "sql": "..."}], "pgVersion": "15.0"}

Answers one JSON object per text on standard output:

    {"id", "statements": [{"line", "kind", "on", "name"?, "columns"?, "flags": [...], "text"}], "unparsed"?,
     "findings": [{"line", "rule", "message", "help"?}]}

`kind` is PostgreSQL's own name of the statement, for ALTER TABLE followed by the part ("AlterTableStmt/DropColumn").
Lines begin with 1. A text that the parser refuses has `unparsed` and no statements; it must not pass for harmless.
`lintFailed` says why squawk gave no findings. Exit: 0 answered, 2 the order is wrong or a tool is missing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

try:
    from pglast import ast, parser
    from pglast.enums import A_Expr_Kind, AlterTableType, ConstrType, CmdType, ObjectType
    from pglast.visitors import Visitor
except ImportError as missing:
    print("pglast is not installed: %s" % missing, file=sys.stderr)
    sys.exit(2)

COMMENTS = ("SQL_COMMENT", "C_COMMENT")
# They cannot see what the runner sets on each connection.
NOT_ASKED = ("require-lock-timeout", "require-statement-timeout")


# ---- comments


def without_comments(sql):
    """Blanks comments, so that none can silence a rule, and keeps every line where it was."""
    # The scanner counts characters, and not bytes as the parser does.
    characters = list(sql)
    for token in parser.scan(sql):
        if token.name in COMMENTS:
            for at in range(token.start, token.end + 1):
                if characters[at] not in "\r\n":
                    characters[at] = " "
    return "".join(characters)


# ---- statements


class Columns(Visitor):
    """Names of the columns that an expression reads."""

    def __init__(self):
        self.names = []

    def visit_ColumnRef(self, ancestors, node):
        last = node.fields[-1]
        if isinstance(last, ast.String):
            self.names.append(last.sval)


class Calls(Visitor):
    """Names of the functions that a statement calls."""

    def __init__(self):
        self.names = []

    def visit_FuncCall(self, ancestors, node):
        self.names.append(".".join(part.sval for part in node.funcname))


# Null where what they are given is null, so that a check of them passes then.
STRICT = ("length", "char_length", "octet_length", "lower", "upper", "btrim", "abs")


class Nulls(Visitor):
    """Whether an expression can be false though a column in it is null."""

    found = False

    def visit(self, ancestors, node):
        kind = type(node).__name__
        strict = isinstance(node, ast.FuncCall) and node.funcname[-1].sval in STRICT
        distinct = isinstance(node, ast.A_Expr) and "DISTINCT" in A_Expr_Kind(node.kind).name
        if (kind in ("NullTest", "BooleanTest", "CoalesceExpr", "CaseExpr", "FuncCall") and not strict) or distinct:
            self.found = True


def minds_nulls(expression):
    if expression is None:
        return False
    visitor = Nulls()
    visitor(expression)
    return visitor.found


def is_constant(expression):
    """Whether it is the same each time."""
    if isinstance(expression, ast.TypeCast):
        return is_constant(expression.arg)
    return isinstance(expression, ast.A_Const)


def columns_of(expression):
    if expression is None:
        return []
    visitor = Columns()
    visitor(expression)
    return visitor.names


def calls_of(statement):
    visitor = Calls()
    visitor(statement)
    return visitor.names


def relation(node):
    if node is None:
        return None
    return ".".join(part for part in (node.schemaname, node.relname) if part)


def names(parts):
    """`schema.table` of a DROP's object, which comes as strings, a type or an object with arguments."""
    if isinstance(parts, ast.TypeName):
        return names(parts.names)
    if isinstance(parts, ast.ObjectWithArgs):
        return names(parts.objname)
    if isinstance(parts, ast.String):
        return parts.sval
    return ".".join(part.sval for part in parts if isinstance(part, ast.String))


def one(kind, on=None, name=None, columns=(), flags=()):
    fields = {"kind": kind, "on": on, "name": name, "columns": list(columns), "flags": list(flags)}
    return {key: value for key, value in fields.items() if value or key in ("kind", "flags")}


def kind_of(statement):
    return type(statement).__name__


def short(enum, value, prefix):
    return enum(value).name[len(prefix):]


def read(statement):
    """Everything that one statement does; an ALTER TABLE does several things."""
    reading = READINGS.get(kind_of(statement))
    if reading is not None:
        return list(reading(statement))
    return [one(kind_of(statement), on=relation(getattr(statement, "relation", None)))]


def alter_table(statement):
    table = relation(statement.relation)
    on_table = short(ObjectType, statement.objtype, "OBJECT_") == "TABLE"
    for command in statement.cmds:
        part = short(AlterTableType, command.subtype, "AT_")
        flags = [] if on_table else ["not-a-table"]
        if part == "AddColumn":
            yield add_column(table, command, flags)
        elif part == "AddConstraint":
            yield add_constraint(table, command.def_, flags)
        elif part == "ColumnDefault":
            yield one("AlterTableStmt/" + ("SetDefault" if command.def_ else "DropDefault"), table, command.name, flags=flags)
        else:
            yield one("AlterTableStmt/" + part, table, command.name, flags=flags)


def add_column(table, command, flags):
    column = command.def_
    for constraint in column.constraints or ():
        flags.append(short(ConstrType, constraint.contype, "CONSTR_").lower())
        if flags[-1] == "default" and is_constant(constraint.raw_expr):
            flags.append("same-default")
        if flags[-1] == "check" and minds_nulls(constraint.raw_expr):
            flags.append("minds-nulls")
    if column.typeName.names and names(column.typeName.names[-1:]) in ("serial", "bigserial", "smallserial"):
        flags += ["default", "notnull"]
    return one("AlterTableStmt/AddColumn", table, column.colname, [column.colname], flags)


def add_constraint(table, constraint, flags):
    flags.append(short(ConstrType, constraint.contype, "CONSTR_").lower())
    if constraint.skip_validation:
        flags.append("not-valid")
    if constraint.nulls_not_distinct or minds_nulls(constraint.raw_expr):
        flags.append("minds-nulls")
    if constraint.indexname:
        flags.append("using-index")
    columns = [key.sval for key in (constraint.fk_attrs or constraint.keys or ())] or columns_of(constraint.raw_expr)
    return one("AlterTableStmt/AddConstraint", table, constraint.conname, columns, flags)


def create_table(statement):
    flags = ["temporary"] if statement.relation.relpersistence == "t" else []
    if statement.if_not_exists:
        flags.append("if-not-exists")
    yield one("CreateStmt", relation(statement.relation), flags=flags)


def create_table_as(statement):
    flags = ["temporary"] if statement.into.rel.relpersistence == "t" else []
    yield one("CreateTableAsStmt", relation(statement.into.rel), flags=flags)
    if isinstance(statement.query, ast.SelectStmt):
        yield from select(statement.query)


def create_index(statement):
    flags = [flag for flag, is_so in (("unique", statement.unique), ("concurrent", statement.concurrent)) if is_so]
    if statement.nulls_not_distinct:
        flags.append("minds-nulls")
    columns = [part.name for part in statement.indexParams if part.name]
    yield one("IndexStmt", relation(statement.relation), statement.idxname, columns, flags)


def drop(statement):
    kind = "DropStmt/" + short(ObjectType, statement.removeType, "OBJECT_")
    for parts in statement.objects:
        flags = ["concurrent"] if statement.concurrent else []
        if kind in ("DropStmt/TRIGGER", "DropStmt/RULE", "DropStmt/POLICY"):
            parts = list(parts)
            yield one(kind, names(parts[:-1]), names(parts[-1:]), flags=flags)
        else:
            yield one(kind, names(parts), flags=flags)


def rename(statement):
    kind = "RenameStmt/" + short(ObjectType, statement.renameType, "OBJECT_")
    on = relation(statement.relation) or (names(statement.object) if statement.object else None)
    yield one(kind, on, statement.subname)


def changed_rows(statement):
    yield one(kind_of(statement), relation(statement.relation), flags=["where"] if statement.whereClause else [])


def truncate(statement):
    for table in statement.relations:
        yield one("TruncateStmt", relation(table))


def select(statement):
    flags = []
    if statement.intoClause:
        yield one("SelectIntoStmt", relation(statement.intoClause.rel))
    if statement.withClause:
        # WITH may hide an INSERT, UPDATE or DELETE.
        for part in statement.withClause.ctes:
            if not isinstance(part.ctequery, ast.SelectStmt):
                yield from read(part.ctequery)
    yield one("SelectStmt", columns=calls_of(statement), flags=flags)


def with_queries(reading):
    """The same, and what stands in its WITH."""

    def both(statement):
        yield from reading(statement)
        if statement.withClause:
            for part in statement.withClause.ctes:
                if not isinstance(part.ctequery, ast.SelectStmt):
                    yield from read(part.ctequery)

    return both


def merged(statement):
    deletes = any(when.commandType == CmdType.CMD_DELETE for when in statement.mergeWhenClauses)
    yield one("MergeStmt", relation(statement.relation), flags=["delete"] if deletes else [])


def explained(statement):
    """With ANALYZE it runs what it explains."""
    if any(option.defname == "analyze" for option in statement.options or ()):
        yield from read(statement.query)
    else:
        yield one("ExplainStmt")


def inserted(statement):
    yield one("InsertStmt", relation(statement.relation))


def alter_enum(statement):
    yield one("AlterEnumStmt/" + ("RenameValue" if statement.oldVal else "AddValue"), names(statement.typeName), statement.newVal)


def create_function(statement):
    yield one("CreateFunctionStmt", names(statement.funcname), flags=["replace"] if statement.replace else [])


def create_view(statement):
    yield one("ViewStmt", relation(statement.view), flags=["replace"] if statement.replace else [])


def create_trigger(statement):
    yield one("CreateTrigStmt", relation(statement.relation), statement.trigname)


def grant(statement):
    yield one("GrantStmt/" + ("Grant" if statement.is_grant else "Revoke"))


def copy(statement):
    yield one("CopyStmt/" + ("From" if statement.is_from else "To"), relation(statement.relation))
    if statement.query is not None:
        yield from read(statement.query)


def sequence(statement):
    flags = [option.defname for option in statement.options or ()]
    yield one(kind_of(statement), relation(statement.sequence), flags=flags)


def named_type(statement):
    yield one(kind_of(statement), names(statement.typeName))


def comment(statement):
    yield one("CommentStmt")


READINGS = {
    "AlterTableStmt": alter_table,
    "CreateStmt": create_table,
    "CreateTableAsStmt": create_table_as,
    "IndexStmt": create_index,
    "DropStmt": drop,
    "RenameStmt": rename,
    "UpdateStmt": with_queries(changed_rows),
    "DeleteStmt": with_queries(changed_rows),
    "InsertStmt": with_queries(inserted),
    "MergeStmt": with_queries(merged),
    "ExplainStmt": explained,
    "TruncateStmt": truncate,
    "SelectStmt": select,
    "AlterEnumStmt": alter_enum,
    "CreateFunctionStmt": create_function,
    "ViewStmt": create_view,
    "CreateTrigStmt": create_trigger,
    "GrantStmt": grant,
    "CopyStmt": copy,
    "CreateSeqStmt": sequence,
    "AlterSeqStmt": sequence,
    "CreateEnumStmt": named_type,
    "CommentStmt": comment,
}


def statements(sql):
    encoded = sql.encode("utf-8")
    for raw in parser.parse_sql(sql):
        begin = raw.stmt_location
        end = begin + raw.stmt_len if raw.stmt_len else len(encoded)
        text = encoded[begin:end].decode("utf-8")
        line = encoded[:begin].count(b"\n") + text[: len(text) - len(text.lstrip())].count("\n") + 1
        for statement in read(raw.stmt):
            yield dict(statement, line=line, text=" ".join(text.split()))


# ---- squawk


def findings(texts, version):
    """What squawk says of each text: it runs once for all, where no configuration of the project can reach it."""
    squawk = os.path.join(os.path.dirname(sys.executable), "squawk")
    if not os.path.exists(squawk):
        squawk = shutil.which("squawk")
    if squawk is None:
        print("squawk is not installed", file=sys.stderr)
        sys.exit(2)
    with tempfile.TemporaryDirectory(prefix="signalbox-lint-") as directory:
        files = {}
        for number, (identity, sql) in enumerate(texts):
            path = os.path.join(directory, "%05d.sql" % number)
            with open(path, "w", encoding="utf-8") as file:
                # As Alembic runs it. On the first line, so that the numbers of the lines stay.
                file.write("BEGIN; " + sql + "\nCOMMIT;\n")
            files[path] = identity
        if not files:
            return {}, None
        command = [squawk, "--reporter", "json"]
        if version:
            command += ["--pg-version", version]
        for rule in NOT_ASKED:
            command += ["--exclude", rule]
        ran = subprocess.run(command + list(files), cwd=directory, capture_output=True, text=True)
    try:
        found = json.loads(ran.stdout)
    except ValueError:
        # 1 is its exit for findings and for its own failure: only the JSON tells them apart.
        return None, "squawk ended with %d: %s" % (ran.returncode, (ran.stderr or ran.stdout).strip()[:300])
    by_text = {}
    for finding in found:
        by_text.setdefault(files[finding["file"]], []).append(
            {
                "line": finding["line"] + 1,
                "rule": finding["rule_name"],
                "message": finding["message"],
                "help": finding["help"],
            }
        )
    return by_text, None


def main():
    try:
        order = json.loads(sys.stdin.readline())
        texts = [(text["id"], text["sql"]) for text in order["texts"]]
    except (ValueError, KeyError, TypeError) as wrong:
        print("wrong order: %r" % wrong, file=sys.stderr)
        return 2
    answers = []
    clean = []
    for identity, sql in texts:
        answer = {"id": identity, "statements": [], "findings": []}
        answers.append(answer)
        try:
            blanked = without_comments(sql)
            answer["statements"] = list(statements(blanked))
            clean.append((identity, blanked))
        except parser.ParseError as unreadable:
            answer["unparsed"] = str(unreadable.args[0])
    by_text, failed = findings(clean, order.get("pgVersion"))
    for answer in answers:
        if failed is not None:
            answer["lintFailed"] = failed
        else:
            answer["findings"] = by_text.get(answer["id"], [])
        print(json.dumps(answer, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
