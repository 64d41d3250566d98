"""A default that deletes at once

Revision ID: c085
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c085'
down_revision = 'c084'


def upgrade():
    op.execute("ALTER TABLE orders ADD z int DEFAULT one()")


def downgrade():
    op.execute("select 1")
