"""What a revision's own code calls, as its syntax tree shows it. A name counts only for what it certainly is."""

import ast

from signalbox_elsewhere import TYPE_ARGUMENTS, is_elsewhere, makes_a_column, read_from_the_environment
from signalbox_names import BIND, CONTEXT, DIALECT, FUNCTION, OP, VALUE, Batch, Names, is_pure, parsed

__all__ = ["operations", "parsed", "reversible", "branches", "elsewhere"]

HARMLESS_TO_HAND_ON = ("inspect", "MetaData", "Table")
ASKING = ("get_bind", "get_context", "f", "batch_alter_table")
PLAIN_COLUMN = ("index", "comment", "default", "autoincrement", "key", "info", "quote", "doc", "onupdate", "name")
PLAIN_DEFAULTS = ("now()", "gen_random_uuid()", "uuid_generate_v4()", "timezone('utc', now())", "clock_timestamp()", "current_timestamp()")


def function(tree, name):
    """The last of this name, as Python takes it."""
    found = None
    for node in tree.body if tree is not None else ():
        if isinstance(node, ast.FunctionDef) and node.name == name:
            found = node
    return found


def operations(tree, name):
    """Calls on `op`, on batch operations and connections, and on what is not known to do nothing, in their order."""
    return visited(tree, name).calls


def branches(tree, name):
    """Whether it may do something else when it runs than when it is rendered."""
    return visited(tree, name).branches


def elsewhere(tree, name):
    """What its SQL hangs on that is not in its file, so that it may be other SQL when it runs; nothing = all is here."""
    return (visited(tree, name).elsewhere or [None])[0]


def reversible(tree):
    """Whether downgrade() does something: one that only raises or prints takes nothing back."""
    return any(call["name"] not in ASKING for call in operations(tree, "downgrade"))


def visited(tree, name):
    visit = Visit(tree)
    start = function(tree, name)
    if start is not None:
        visit.run(start, visit.names)
    return visit


class Visit:
    def __init__(self, tree):
        self.calls = []
        self.branches = False
        self.elsewhere = []
        self.types = 0
        self.depth = 0
        self.running = []
        self.names = Names(tree.body if tree is not None else ())

    def run(self, called, outer):
        if called.name in self.running:
            return
        self.running.append(called.name)
        names = outer.inside(called)
        for decorator in called.decorator_list:
            self.foreign(decorator, "a decorator")
        for node in called.body:
            self.visit(node, names)
        self.running.pop()

    def visit(self, node, names):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return
        if isinstance(node, ast.Call):
            self.call(node, names)
        elif isinstance(node, (ast.Name, ast.Attribute)):
            self.value(node, names)
        elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
            self.branch(node, node.test, names)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            self.branch(node, node.iter, names)
        elif isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            self.branch(node, node.generators[0].iter, names)
        elif isinstance(node, (ast.Try, ast.BoolOp, ast.Lambda, ast.comprehension)) or type(node).__name__ in ("Match", "TryStar"):
            self.branch(node, None, names)
        elif isinstance(node, ast.With):
            for item in node.items:
                self.visit(item.context_expr, names)
                if isinstance(item.optional_vars, ast.Name):
                    names.kinds[item.optional_vars.id] = names.kind(item.context_expr)
            if all(leaves_errors(item.context_expr, names) for item in node.items):
                self.all(node.body, names)
            else:
                self.branch(node, None, names)
        else:
            self.all(ast.iter_child_nodes(node), names)

    def all(self, nodes, names):
        for node in nodes:
            self.visit(node, names)

    def branch(self, node, test, names):
        before = len(self.calls)
        self.depth += 1
        self.all(ast.iter_child_nodes(node), names)
        self.depth -= 1
        does = any(call["name"] not in ASKING for call in self.calls[before:])
        leaves = isinstance(node, ast.If) and any(isinstance(one, ast.Return) for one in ast.walk(node))
        if (does or leaves) and not (test is not None and is_safe(node, test, names)):
            self.branches = True

    def value(self, node, names):
        """The operations may be handed on, or be replaced."""
        kind = names.kind(node)
        if isinstance(kind, Batch) or (isinstance(kind, str) and (kind == "alembic" or kind == OP or kind.startswith(OP + "."))):
            self.foreign(node, ast.unparse(node))
        elif isinstance(node, ast.Attribute):
            self.visit(node.value, names)

    def call(self, node, names):
        func = node.func
        kind = names.kind(func)
        base = names.kind(func.value) if isinstance(func, ast.Attribute) else None
        handed = self.arguments(node, names, kind)
        if not self.types and is_elsewhere(kind):
            self.elsewhere.append("calls %s() in line %d" % (ast.unparse(func), node.lineno))
        if isinstance(func, ast.Attribute) and not isinstance(func.value, ast.Name):
            if not (isinstance(kind, str) and kind.startswith(OP)):
                self.visit(func.value, names)
        if isinstance(kind, str) and kind.startswith(OP + ".") and "." not in kind[len(OP) + 1:]:
            self.known(node, "op", kind[len(OP) + 1:], names)
        elif isinstance(base, Batch):
            self.known(node, "batch", func.attr, names, base)
        elif base == BIND:
            self.known(node, "bind", func.attr, names)
        elif base == CONTEXT:
            self.known(node, "op.get_context", func.attr, names)
        elif kind == FUNCTION and isinstance(func, ast.Name) and not handed:
            self.environment(node, names)
            self.run(names.functions[func.id], names)
        elif handed or not is_pure(kind, base, func):
            self.foreign(node, ast.unparse(func), names)

    def arguments(self, node, names, kind):
        """Whether the operations or a connection go to whom they call."""
        last = kind.rsplit(".", 1)[-1] if isinstance(kind, str) else ""
        handed = False
        for name, argument in [(None, one) for one in node.args] + [(one.arg, one.value) for one in node.keywords]:
            of = names.kind(argument)
            if of in (BIND, CONTEXT) and last not in HARMLESS_TO_HAND_ON:
                handed = True
            elif of == FUNCTION or is_called_back(of, kind):
                handed = True
            typed = name in TYPE_ARGUMENTS or makes_a_column(kind)
            self.types += typed
            self.visit(argument, names)
            self.types -= typed
        return handed

    def known(self, node, on, name, names, batch=None):
        call = described(node, on, name, names)
        call["conditional"] = self.depth > 0
        self.environment(node, names)
        if batch is not None:
            # Written as the same operation of `op`, which names its table.
            call["arguments"].insert(0 if name.endswith("_column") else 1, batch.table)
            call["named"]["schema"] = batch.schema
        self.calls.append(call)

    def environment(self, node, names):
        """A value of the environment in what an operation, or a function that calls some, is given."""
        for argument in list(node.args) + [keyword.value for keyword in node.keywords]:
            found = read_from_the_environment(argument, names)
            if found is not None:
                self.elsewhere.append("goes by the environment (%s in line %d)" % (ast.unparse(found), found.lineno))

    def foreign(self, node, shown, names=None):
        on, _, name = shown.rpartition(".")
        call = described(node, on, name, names or self.names) if isinstance(node, ast.Call) else empty(node, on, name)
        self.calls.append(dict(call, foreign=True, conditional=self.depth > 0))


def is_called_back(of, kind):
    """Whether one of Python's own functions is given code of another module."""
    foreign = isinstance(of, str) and not of.startswith(("=", "?", "builtins.")) and not is_pure(of, None, None)
    return foreign and isinstance(kind, str) and kind.startswith("builtins.")


def is_safe(node, test, names):
    """Whether it goes the same way when it runs: by the dialect, or over what stands there."""
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return names.kind(test) == VALUE and len(node.generators) == 1 and not node.generators[0].ifs
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return names.kind(test) == VALUE
    return names.kind(test) == DIALECT or isinstance(test, ast.Constant)


def leaves_errors(expression, names):
    """Whether this context is one of Alembic's or SQLAlchemy's, which hide no error."""
    func = expression.func if isinstance(expression, ast.Call) else None
    base = names.kind(func.value) if isinstance(func, ast.Attribute) else None
    return isinstance(names.kind(expression), Batch) or base in (BIND, CONTEXT)


def empty(node, on, name):
    return {"line": node.lineno, "on": on, "name": name, "arguments": [], "named": {}}


def described(node, on, name, names):
    return {
        "line": node.lineno,
        "on": on,
        "name": name,
        "arguments": [literal(argument, names) for argument in node.args],
        "named": {keyword.arg or "**": literal(keyword.value, names) for keyword in node.keywords},
    }


def literal(node, names):
    """The value where it stands in the source as one; else its source, marked as such."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        pass
    kind = names.kind(node.func) if isinstance(node, ast.Call) else None
    if isinstance(kind, str) and node.args and (kind == OP + ".f" or kind.startswith("sqlalchemy.") and kind.endswith(".text")):
        return literal(node.args[0], names)
    source = {"source": ast.unparse(node)}
    if isinstance(kind, str) and kind in ("sqlalchemy.Column", "sqlalchemy.schema.Column"):
        source["flags"] = column(node, names)
    return source


def column(node, names):
    """What a new column wants of former code; `unclear` where that does not stand there."""
    flags = []
    for argument in node.args[1:]:
        kind = names.kind(argument.func) if isinstance(argument, ast.Call) else names.kind(argument)
        last = kind.rsplit(".", 1)[-1] if isinstance(kind, str) else ""
        constraints = isinstance(argument, ast.Call) and any(one.arg in (None, "create_constraint") for one in argument.keywords)
        if last == "ForeignKey":
            flags.append("foreign")
        elif last == "Identity":
            flags.append("default")
        elif constraints or last in ("CheckConstraint", "Computed", "Sequence", "Constraint") or not is_type(kind):
            flags.append("unclear")
    for keyword in node.keywords:
        flags += option(keyword.arg, keyword.value, names)
    if "foreign" in flags and "default" in flags:
        flags.append("unclear")
    return flags


def is_type(kind):
    return kind == VALUE or (isinstance(kind, str) and is_pure(kind, None, None))


def option(name, value, names):
    constant = value.value if isinstance(value, ast.Constant) else "?"
    if name in ("nullable", "unique", "primary_key"):
        if constant not in (True, False, None):
            return ["unclear"]
        wants = constant is False if name == "nullable" else constant is True
        return [{"nullable": "notnull", "unique": "unique", "primary_key": "primary"}[name]] if wants else []
    if name == "server_default":
        return default(value, names)
    return [] if name in PLAIN_COLUMN else ["unclear"]


def default(value, names):
    if isinstance(value, ast.Constant):
        return [] if value.value is None else ["default"]
    text = literal(value, names)
    if isinstance(text, str):
        plain = text.strip().lower()
        if plain == "null":
            return []
        return ["default"] if "(" not in plain or plain in PLAIN_DEFAULTS else ["unclear"]
    kind = names.kind(value.func) if isinstance(value, ast.Call) else ""
    known = ("func.now", "func.current_timestamp", "func.gen_random_uuid", "sqlalchemy.false", "sqlalchemy.true", ".Identity")
    return ["default"] if isinstance(kind, str) and kind.endswith(known) else ["unclear"]
