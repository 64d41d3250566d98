"""Must be filled and is not

Revision ID: c078
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c078'
down_revision = 'c077'


def upgrade():
    op.execute("ALTER TABLE orders ADD nn text DEFAULT NULL NOT NULL")


def downgrade():
    op.execute("select 1")
