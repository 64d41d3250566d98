"""What a revision's own code calls, as its syntax tree shows it."""

import ast
import builtins


def parsed(source):
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def function(tree, name):
    if tree is None:
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    return None


def operations(tree, name):
    """Calls on `op` and on batch operations in this function and the module's functions that it calls, in order."""
    start = function(tree, name)
    if start is None:
        return []
    found = []
    seen = set()

    def visit(node):
        for child in ast.walk(node):
            if not isinstance(child, ast.Call):
                continue
            if isinstance(child.func, ast.Attribute):
                found.append(call(child, root(child.func), child.func.attr))
            elif isinstance(child.func, ast.Name) and child.func.id not in seen:
                seen.add(child.func.id)
                called = function(tree, child.func.id)
                if called is not None:
                    visit(called)
                elif not hasattr(builtins, child.func.id):
                    found.append(call(child, "", child.func.id))

    seen.add(name)
    visit(start)
    # Types and columns of SQLAlchemy do nothing by themselves.
    return [one for one in sorted(found, key=lambda one: one["line"]) if one["on"] not in ("sa", "sqlalchemy", "postgresql")]


def call(node, on, name):
    return {
        "line": node.lineno,
        "on": on,
        "name": name,
        "arguments": [literal(argument) for argument in node.args],
        "named": {keyword.arg: literal(keyword.value) for keyword in node.keywords if keyword.arg},
    }


def root(attribute):
    """`op.get_bind().commit` is a call on op.get_bind."""
    value = attribute.value
    if isinstance(value, ast.Name):
        return value.id
    if isinstance(value, ast.Attribute):
        return root(value) + "." + value.attr
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return root(value.func) + "." + value.func.attr
    return "?"


def literal(node):
    """The value where it stands in the source as one; else its source, marked as such."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        pass
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text" and node.args:
        return literal(node.args[0])
    try:
        return {"source": ast.unparse(node)}
    except Exception:
        return {"source": "?"}


def reversible(tree):
    """Whether downgrade() does something: an empty one, or one that only raises, takes nothing back."""
    down = function(tree, "downgrade")
    if down is None:
        return False
    body = [node for node in down.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    return not all(isinstance(node, (ast.Pass, ast.Raise)) for node in body)
