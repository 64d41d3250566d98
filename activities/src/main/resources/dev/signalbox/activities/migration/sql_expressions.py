"""What expressions of SQL can do: which functions they call, and what they give where a column is null."""

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType
from pglast.visitors import Visitor

# Null where what they are given is null, so that a check of them passes then.
STRICT = ("length", "char_length", "octet_length", "lower", "upper", "btrim", "abs")
STRICT_OPERATORS = ("=", "<>", "!=", "<", ">", "<=", ">=", "~", "~*", "!~", "!~*", "~~", "!~~", "~~*", "!~~*", "||", "+", "-", "*", "%")
STRICT_KINDS = ("AEXPR_OP", "AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_BETWEEN", "AEXPR_IN", "AEXPR_OP_ANY")
# Another value each time.
EACH_TIME_ANOTHER = ("nextval", "gen_random_uuid", "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuidv4", "uuidv7")
# They never fail, so that a row which former code writes is taken.
NEVER_FAILING = ("lower", "upper", "btrim", "coalesce", "length", "to_tsvector", "setweight", "md5", "now", "concat")
NEVER_FAILING_OPERATORS = ("=", "<>", "!=", "<", ">", "<=", ">=", "||", "->", "->>", "~~", "!~~", "~~*", "!~~*", "@>", "<@")
NEVER_FAILING_TYPES = ("text", "varchar", "regconfig")


def name_of(call):
    name = ".".join(part.sval for part in call.funcname)
    return name[len("pg_catalog."):] if name.startswith("pg_catalog.") else name


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
        self.names.append(name_of(node))


class Settings(Visitor):
    """Names of what set_config() sets; "?" for one that does not stand there."""

    def __init__(self):
        self.names = []

    def visit_FuncCall(self, ancestors, node):
        if name_of(node) == "set_config":
            value = getattr(node.args[0], "val", None)
            self.names.append(value.sval.lower() if isinstance(value, ast.String) else "?")


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


def configured_by(statement):
    visitor = Settings()
    visitor(statement)
    return visitor.names


def all_of(test, nodes):
    return all(test(node) for node in nodes if node is not None)


def is_constant(expression):
    """Whether it is a value that stands there as one."""
    if isinstance(expression, (tuple, list)):
        return all_of(is_constant, expression)
    if isinstance(expression, ast.TypeCast):
        return is_constant(expression.arg)
    if isinstance(expression, ast.A_ArrayExpr):
        return all_of(is_constant, expression.elements or ())
    return isinstance(expression, ast.A_Const)


def may_be_null(expression):
    """Whether a default may leave its column empty."""
    if isinstance(expression, ast.TypeCast):
        return may_be_null(expression.arg)
    if isinstance(expression, ast.A_Const):
        return bool(expression.isnull)
    if isinstance(expression, ast.A_Expr):
        return any(may_be_null(side) for side in (expression.lexpr, expression.rexpr) if side is not None)
    if isinstance(expression, ast.FuncCall):
        strict_arguments = any(may_be_null(argument) for argument in expression.args or ())
        return name_of(expression) not in EACH_TIME_ANOTHER + ("now", "timezone", "clock_timestamp", "statement_timestamp", "random", "md5", "lower", "upper", "date_trunc", "transaction_timestamp", "jsonb_build_object", "json_build_object", "jsonb_build_array", "concat") or strict_arguments
    return not isinstance(expression, (ast.SQLValueFunction, ast.A_ArrayExpr))


def gives_another_each_time(expression):
    if isinstance(expression, ast.TypeCast):
        return gives_another_each_time(expression.arg)
    return isinstance(expression, ast.FuncCall) and name_of(expression) in EACH_TIME_ANOTHER


def operator(expression):
    return expression.name[-1].sval if len(expression.name) == 1 else None


def is_null_of_null(expression):
    """Whether it is certainly null where the columns in it are; it must have one."""
    if isinstance(expression, ast.ColumnRef):
        return True
    if isinstance(expression, ast.TypeCast):
        return is_null_of_null(expression.arg)
    if isinstance(expression, ast.FuncCall):
        return name_of(expression) in STRICT and any(is_null_of_null(one) for one in expression.args or ())
    if isinstance(expression, ast.A_Expr):
        kind = A_Expr_Kind(expression.kind).name
        if kind not in STRICT_KINDS or operator(expression) not in STRICT_OPERATORS + ("BETWEEN",):
            return False
        if kind == "AEXPR_OP":
            return any(is_null_of_null(side) for side in (expression.lexpr, expression.rexpr))
        return is_null_of_null(expression.lexpr) and is_constant(expression.rexpr)
    return False


def passes_null(expression):
    """Whether a check is certainly not false where the columns in it are null."""
    if isinstance(expression, ast.BoolExpr):
        kind = BoolExprType(expression.boolop)
        if kind == BoolExprType.AND_EXPR:
            return all_of(passes_null, expression.args)
        if kind == BoolExprType.OR_EXPR:
            return any(passes_null(one) for one in expression.args)
        return is_null_of_null(expression.args[0])
    if isinstance(expression, ast.NullTest):
        return NullTestType(expression.nulltesttype) == NullTestType.IS_NULL and isinstance(expression.arg, ast.ColumnRef)
    return is_null_of_null(expression)


def minds_nulls(expression):
    return expression is not None and not passes_null(expression)


def never_fails(expression):
    """Whether it has a value whatever the columns hold; of what is not known here: no."""
    if expression is None or isinstance(expression, (ast.ColumnRef, ast.A_Const, ast.SQLValueFunction)):
        return True
    if isinstance(expression, (tuple, list)):
        return all_of(never_fails, expression)
    if isinstance(expression, ast.TypeCast):
        harmless = is_constant(expression.arg) or expression.typeName.names[-1].sval in NEVER_FAILING_TYPES
        return harmless and never_fails(expression.arg)
    if isinstance(expression, ast.FuncCall):
        return name_of(expression) in NEVER_FAILING and all_of(never_fails, expression.args or ())
    if isinstance(expression, ast.CoalesceExpr):
        return all_of(never_fails, expression.args)
    if isinstance(expression, ast.BoolExpr):
        return all_of(never_fails, expression.args)
    if isinstance(expression, (ast.NullTest, ast.BooleanTest)):
        return never_fails(expression.arg)
    if isinstance(expression, ast.A_Expr):
        known = operator(expression) in NEVER_FAILING_OPERATORS or A_Expr_Kind(expression.kind).name != "AEXPR_OP"
        return known and never_fails(expression.lexpr) and never_fails(expression.rexpr)
    return False
