"""A check of some values

Revision ID: c076
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c076'
down_revision = 'c075'


def upgrade():
    op.execute("ALTER TABLE orders ADD stage text")
    op.execute("ALTER TABLE orders ADD CHECK (stage IN ('a', 'b') AND length(stage) < 9)")


def downgrade():
    op.execute("select 1")
