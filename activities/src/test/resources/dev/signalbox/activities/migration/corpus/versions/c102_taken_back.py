"""What it made is taken back

Revision ID: c102
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c102'
down_revision = 'c101'


def upgrade():
    op.execute("SAVEPOINT a")
    op.execute("ALTER TABLE orders ADD slot int")
    op.execute("ROLLBACK TO a")


def downgrade():
    op.execute("select 1")
