"""A unique index gets another name

Revision ID: c083
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c083'
down_revision = 'c082'


def upgrade():
    op.execute("CREATE UNIQUE INDEX ux_a ON jobs (id)")
    op.execute("ALTER INDEX ux_a RENAME TO ux_b")


def downgrade():
    op.execute("select 1")
