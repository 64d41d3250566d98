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
    from pglast.enums import AlterTableType, CmdType, ConstrType, DropBehavior, ObjectType, TransactionStmtKind, VariableSetKind
    from sql_expressions import calls_of, columns_of, configured_by, gives_another_each_time, may_be_null, minds_nulls, never_fails
except ImportError as missing:
    print("pglast is not installed: %s" % missing, file=sys.stderr)
    sys.exit(2)

COMMENTS = ("SQL_COMMENT", "C_COMMENT")
# They cannot see what the runner sets on each connection.
NOT_ASKED = ("require-lock-timeout", "require-statement-timeout")
# What is called in them is called by whoever uses what they make.
CALLING_LATER = ("ViewStmt", "CreateFunctionStmt", "CreateTrigStmt", "CommentStmt", "ExplainStmt", "DoStmt")


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


def plain(name):
    """A name with a point in it is not one of a schema."""
    return '"%s"' % name if "." in name else name


def relation(node):
    if node is None:
        return None
    return ".".join(plain(part) for part in (node.schemaname, node.relname) if part)


def names(parts):
    """`schema.table` of a DROP's object, which comes as strings, a type or an object with arguments."""
    if isinstance(parts, ast.TypeName):
        return names(parts.names)
    if isinstance(parts, ast.ObjectWithArgs):
        return names(parts.objname)
    if isinstance(parts, ast.String):
        return plain(parts.sval)
    return ".".join(plain(part.sval) for part in parts if isinstance(part, ast.String))


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
            if command.def_ and may_be_null(command.def_):
                flags.append("null-default")
            yield one("AlterTableStmt/" + ("SetDefault" if command.def_ else "DropDefault"), table, command.name, flags=flags)
        else:
            yield one("AlterTableStmt/" + part, table, command.name, flags=flags)


def add_column(table, command, flags):
    column = command.def_
    if command.missing_ok:
        flags.append("if-not-exists")
    for constraint in column.constraints or ():
        flag = short(ConstrType, constraint.contype, "CONSTR_").lower()
        flags.append(flag)
        if flag == "default" and may_be_null(constraint.raw_expr):
            flags.append("null-default")
        if flag == "default" and gives_another_each_time(constraint.raw_expr):
            flags.append("each-another")
        if flag == "generated" and not never_fails(constraint.raw_expr):
            flags.append("may-fail")
        if flag == "check" and minds_nulls(constraint.raw_expr):
            flags.append("minds-nulls")
        if flag == "check" and set(columns_of(constraint.raw_expr)) - {column.colname}:
            flags.append("old-columns")
        if flag == "unique" and constraint.nulls_not_distinct:
            flags.append("minds-nulls")
    type_name = names(column.typeName.names)
    if type_name in ("serial", "bigserial", "smallserial"):
        flags += ["default", "notnull", "each-another"]
    flags.append("type:" + type_name)
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
    for part in statement.tableElts or ():
        for constraint in [part] if isinstance(part, ast.Constraint) else getattr(part, "constraints", None) or ():
            if constraint.contype == ConstrType.CONSTR_FOREIGN:
                flags.append("foreign")
    yield one("CreateStmt", relation(statement.relation), flags=flags)


def create_table_as(statement):
    flags = ["temporary"] if statement.into.rel.relpersistence == "t" else []
    if statement.if_not_exists:
        flags.append("if-not-exists")
    yield one("CreateTableAsStmt", relation(statement.into.rel), flags=flags)
    if isinstance(statement.query, ast.SelectStmt):
        yield from select(statement.query)


def create_index(statement):
    flags = [flag for flag, is_so in (("unique", statement.unique), ("concurrent", statement.concurrent)) if is_so]
    if statement.nulls_not_distinct:
        flags.append("minds-nulls")
    if not never_fails([part.expr for part in statement.indexParams] + [statement.whereClause]):
        flags.append("may-fail")
    if statement.if_not_exists:
        flags.append("if-not-exists")
    columns = [part.name for part in statement.indexParams if part.name]
    yield one("IndexStmt", relation(statement.relation), statement.idxname, columns, flags)


def drop(statement):
    kind = "DropStmt/" + short(ObjectType, statement.removeType, "OBJECT_")
    for parts in statement.objects:
        flags = ["concurrent"] if statement.concurrent else []
        if statement.behavior == DropBehavior.DROP_CASCADE:
            flags.append("cascade")
        if kind in ("DropStmt/TRIGGER", "DropStmt/RULE", "DropStmt/POLICY"):
            parts = list(parts)
            yield one(kind, names(parts[:-1]), names(parts[-1:]), flags=flags)
        else:
            yield one(kind, names(parts), flags=flags)


def rename(statement):
    kind = "RenameStmt/" + short(ObjectType, statement.renameType, "OBJECT_")
    on = relation(statement.relation) or (names(statement.object) if statement.object else None)
    yield one(kind, on, statement.subname, [statement.newname])


def changed_rows(statement):
    yield one(kind_of(statement), relation(statement.relation), flags=["where"] if statement.whereClause else [])


def truncate(statement):
    for table in statement.relations:
        yield one("TruncateStmt", relation(table), flags=["cascade"] if statement.behavior == DropBehavior.DROP_CASCADE else [])


def select(statement):
    flags = []
    if statement.intoClause:
        temporary = statement.intoClause.rel.relpersistence == "t"
        yield one("SelectIntoStmt", relation(statement.intoClause.rel), flags=["temporary"] if temporary else [])
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
    flags = ["program"] if statement.is_program else []
    yield one("CopyStmt/" + ("From" if statement.is_from else "To"), relation(statement.relation), flags=flags)
    if statement.query is not None:
        yield from read(statement.query)


def sequence(statement):
    flags = [option.defname for option in statement.options or ()]
    if getattr(statement, "if_not_exists", False):
        flags.append("if-not-exists")
    yield one(kind_of(statement), relation(statement.sequence), flags=flags)


def named_type(statement):
    yield one(kind_of(statement), names(statement.typeName))


def domain(statement):
    yield one("CreateDomainStmt", names(statement.domainname))


def defined(statement):
    """An aggregate, an operator, …"""
    yield one("DefineStmt", names(statement.defnames), flags=["replace"] if statement.replace else [])


def refreshed(statement):
    yield one("RefreshMatViewStmt", relation(statement.relation), flags=["no-data"] if statement.skipData else [])


def setting(statement):
    everything = VariableSetKind(statement.kind) == VariableSetKind.VAR_RESET_ALL
    yield one("VariableSetStmt", "all" if everything else statement.name)


def transaction(statement):
    yield one("TransactionStmt", flags=[short(TransactionStmtKind, statement.kind, "TRANS_STMT_").lower()])


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
    "CreateDomainStmt": domain,
    "DefineStmt": defined,
    "RefreshMatViewStmt": refreshed,
    "VariableSetStmt": setting,
    "TransactionStmt": transaction,
}


def calling(raw, parts):
    """The parts; the first says which functions run with the statement, and what set_config sets."""
    if kind_of(raw) in CALLING_LATER or not parts:
        return parts
    calls = sorted(set(calls_of(raw)))
    parts[0]["flags"] += ["calls:" + name for name in calls] + ["sets:" + name for name in configured_by(raw)]
    return parts


def statements(sql):
    encoded = sql.encode("utf-8")
    for raw in parser.parse_sql(sql):
        begin = raw.stmt_location
        end = begin + raw.stmt_len if raw.stmt_len else len(encoded)
        text = encoded[begin:end].decode("utf-8")
        line = encoded[:begin].count(b"\n") + text[: len(text) - len(text.lstrip())].count("\n") + 1
        for statement in calling(raw.stmt, read(raw.stmt)):
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
