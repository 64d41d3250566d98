"""A temporary table goes, then the real one

Revision ID: c067
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c067'
down_revision = 'c066'


def upgrade():
    op.execute("CREATE TEMP TABLE orders AS SELECT 1 AS id")
    op.execute("DROP TABLE orders")
    op.execute("DROP TABLE orders")


def downgrade():
    op.execute("select 1")
