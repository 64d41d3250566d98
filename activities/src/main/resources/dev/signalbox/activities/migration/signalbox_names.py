"""What the names in a revision's code stand for: `alembic.op` by any alias, a connection, a value; else nobody knows."""

import ast
import builtins

OP = "alembic.op"
BIND = "=bind"
CONTEXT = "=context"
DIALECT = "=dialect"
VALUE = "=value"
RESULT = "=result"
PARAMETER = "=parameter"
FUNCTION = "=function"
UNKNOWN = "?"

EXECUTING = ("execute", "exec_driver_sql", "executemany", "scalar", "scalars")
PURE_BUILTINS = (
    "len range str int float bool list dict tuple set frozenset sorted enumerate zip print min max sum any all "
    "isinstance repr reversed abs round next iter format hash ord chr bytes"
).split()
PURE_METHODS = (
    "format join split rsplit splitlines strip lstrip rstrip lower upper title replace startswith endswith encode decode "
    "append extend keys values items get add index count copy "
    "fetchall fetchone fetchmany first all one one_or_none scalar scalars scalar_one scalar_one_or_none mappings _asdict "
    "get_table_names get_columns get_indexes get_foreign_keys get_unique_constraints get_pk_constraint get_check_constraints "
    "get_view_names get_schema_names get_enums has_table "
    "info debug warning error isoformat strftime hexdigest with_variant"
).split()
# Of these packages everything that is called so makes a value.
PURE_PACKAGES = (
    "sqlalchemy sqlalchemy_utils geoalchemy2 pgvector citext sqlmodel fastapi_users_db_sqlalchemy advanced_alchemy "
    "uuid datetime json re textwrap logging itertools collections math string decimal"
).split()
NOT_PURE = ("orm", "event", "events", "engine", "create_engine", "create_mock_engine", "engine_from_config", "ext", "config", "handlers", "functions")


class Batch:
    """What `op.batch_alter_table(…)` gives."""

    def __init__(self, table, schema):
        self.table = table
        self.schema = schema

    def __eq__(self, other):
        return isinstance(other, Batch) and (self.table, self.schema) == (other.table, other.schema)


def parsed(source):
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def is_pure(kind, base, func):
    """Whether a call of it is known to change nothing."""
    if base in (VALUE, RESULT, PARAMETER, DIALECT):
        return func.attr in PURE_METHODS
    if not isinstance(kind, str) or kind.startswith("=") or kind == UNKNOWN:
        return False
    parts = kind.split(".")
    if parts[0] == "builtins":
        made = getattr(builtins, parts[1], None)
        return parts[1] in PURE_BUILTINS or (isinstance(made, type) and issubclass(made, BaseException))
    if parts[:2] == ["alembic", "context"]:
        return True
    return parts[0] in PURE_PACKAGES and not set(parts) & set(NOT_PURE)


class Names:
    def __init__(self, body=(), kinds=None, functions=None, values=None):
        self.kinds = dict(kinds or {})
        self.functions = dict(functions or {})
        self.values = dict(values or {})
        self.given = set()
        self.learn(body)

    def inside(self, called):
        """The names in a function: its parameters and what it assigns hide those outside."""
        inner = Names((), self.kinds, self.functions, self.values)
        arguments = called.args
        for one in arguments.posonlyargs + arguments.args + arguments.kwonlyargs + [arguments.vararg, arguments.kwarg]:
            if one is not None:
                inner.give(one.arg, PARAMETER)
                inner.values.pop(one.arg, None)
        inner.learn(called.body)
        return inner

    def give(self, name, kind):
        if name in self.given and self.kinds.get(name) != kind:
            plain = {self.kinds.get(name), kind} <= {VALUE, RESULT, PARAMETER} if isinstance(kind, str) and not isinstance(self.kinds.get(name), Batch) else False
            kind = PARAMETER if plain else UNKNOWN
        self.given.add(name)
        self.kinds[name] = kind

    def learn(self, body):
        for node in body:
            self.learn_one(node)

    def learn_one(self, node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.give(node.name, FUNCTION if isinstance(node, ast.FunctionDef) else UNKNOWN)
            self.functions[node.name] = node
            return
        if isinstance(node, ast.ClassDef):
            self.give(node.name, UNKNOWN)
            return
        if isinstance(node, ast.Import):
            for one in node.names:
                self.give(one.asname or one.name.split(".")[0], one.name if one.asname else one.name.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                whole = "." * node.level + (node.module or "") + "." + one.name
                self.give(one.asname or one.name, whole)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.AugAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                self.assign(target, node.value)
        elif isinstance(node, (ast.For, ast.comprehension)):
            self.assign(node.target, None)
        elif isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            # Known where it is entered; several blocks may use one name.
            self.kinds.setdefault(node.optional_vars.id, UNKNOWN)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            self.give(node.name, VALUE)
        for child in ast.iter_child_nodes(node):
            self.learn_one(child)

    def assign(self, target, value):
        if isinstance(target, ast.Name):
            if value is not None:
                self.values[target.id] = (*self.values.get(target.id, ()), value)
            self.give(target.id, PARAMETER if value is None else self.kind(value))
        elif isinstance(target, (ast.Tuple, ast.List)):
            for one in target.elts:
                self.assign(one, None)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, None)

    def kind(self, node):
        if isinstance(node, ast.Name):
            if node.id in self.kinds:
                return self.kinds[node.id]
            return "builtins." + node.id if hasattr(builtins, node.id) else UNKNOWN
        if isinstance(node, ast.Attribute):
            return self.attribute(self.kind(node.value), node.attr)
        if isinstance(node, ast.Call):
            return self.called(node)
        if isinstance(node, ast.Subscript):
            base = self.kind(node.value)
            return PARAMETER if base in (VALUE, RESULT, PARAMETER) else UNKNOWN
        if isinstance(node, ast.Compare):
            kinds = {self.kind(side) for side in [node.left] + node.comparators if not isinstance(self.kind(side), Batch)}
            return DIALECT if DIALECT in kinds and kinds <= {DIALECT, VALUE} else PARAMETER
        if isinstance(node, ast.BoolOp):
            return DIALECT if all(self.kind(one) == DIALECT for one in node.values) else PARAMETER
        if isinstance(node, ast.UnaryOp):
            return self.kind(node.operand)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return VALUE if all(self.kind(one) == VALUE for one in node.elts) else PARAMETER
        if isinstance(node, ast.Dict):
            return VALUE if all(self.kind(one) == VALUE for one in node.values) else PARAMETER
        if isinstance(node, ast.Constant):
            return VALUE
        if isinstance(node, (ast.JoinedStr, ast.BinOp, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            return PARAMETER
        return UNKNOWN

    @staticmethod
    def attribute(base, name):
        if isinstance(base, Batch) or base in (UNKNOWN, FUNCTION):
            return UNKNOWN
        if base in (BIND, CONTEXT):
            if name in ("dialect", "engine"):
                return DIALECT
            return BIND if base == CONTEXT and name in ("bind", "connection") else UNKNOWN
        if base == DIALECT:
            return DIALECT
        if base.startswith("="):
            return PARAMETER
        return base + "." + name

    def called(self, node):
        kind = self.kind(node.func)
        if kind == OP + ".get_bind":
            return BIND
        if kind in (OP + ".get_context", "alembic.context.get_context"):
            return CONTEXT
        if kind == OP + ".batch_alter_table":
            return self.batch(node)
        base = self.kind(node.func.value) if isinstance(node.func, ast.Attribute) else None
        if base == BIND and node.func.attr in EXECUTING:
            return RESULT
        if base == DIALECT:
            return DIALECT
        if kind == FUNCTION or (isinstance(kind, str) and kind.startswith(OP + ".")):
            return PARAMETER
        if base in (RESULT, PARAMETER):
            return PARAMETER
        if not is_pure(kind, base, node.func):
            return UNKNOWN
        made = base == VALUE or (isinstance(kind, str) and kind.startswith("builtins."))
        given = [self.kind(one) for one in list(node.args) + [keyword.value for keyword in node.keywords]]
        return PARAMETER if made and any(one != VALUE for one in given) else VALUE

    @staticmethod
    def batch(node):
        options = {keyword.arg: keyword.value for keyword in node.keywords}
        table = node.args[0] if node.args else options.get("table_name")
        schema = node.args[1] if len(node.args) > 1 else options.get("schema")
        return Batch(plain(table), plain(schema))


def plain(node):
    if node is None or isinstance(node, ast.Constant):
        return node and node.value
    return {"source": ast.unparse(node)}
