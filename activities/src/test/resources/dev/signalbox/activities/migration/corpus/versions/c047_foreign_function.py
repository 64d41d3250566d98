"""Foreign function

Revision ID: c047
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c047'
down_revision = 'c046'


def upgrade():
    op.execute("SELECT one()")


def downgrade():
    op.execute("SELECT 1")
