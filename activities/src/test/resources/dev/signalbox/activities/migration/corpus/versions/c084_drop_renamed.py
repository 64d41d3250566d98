"""and goes

Revision ID: c084
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c084'
down_revision = 'c083'


def upgrade():
    op.execute("DROP INDEX ux_b")


def downgrade():
    op.execute("select 1")
