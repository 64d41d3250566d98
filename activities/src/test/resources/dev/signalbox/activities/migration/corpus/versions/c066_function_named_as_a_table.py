"""A function of a table's name

Revision ID: c066
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c066'
down_revision = 'c065'


def upgrade():
    op.execute("CREATE FUNCTION orders() RETURNS int LANGUAGE sql AS 'select 1'")
    op.execute("TRUNCATE orders")


def downgrade():
    op.execute("select 1")
