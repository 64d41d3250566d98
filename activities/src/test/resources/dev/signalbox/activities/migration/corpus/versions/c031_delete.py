"""Delete

Revision ID: c031
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c031'
down_revision = 'c030'


def upgrade():
    op.execute("DELETE FROM orders WHERE user_id IS NULL")


def downgrade():
    op.execute("SELECT 1")
