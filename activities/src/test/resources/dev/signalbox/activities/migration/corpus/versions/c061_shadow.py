"""A temporary table of the same name

Revision ID: c061
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c061'
down_revision = 'c060'


def upgrade():
    op.execute("create temporary table orders as select 0 as id")
    op.execute("delete from public.orders where id = 0")


def downgrade():
    op.execute("select 1")
