"""A domain that must be filled

Revision ID: c079
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c079'
down_revision = 'c078'


def upgrade():
    op.execute("CREATE DOMAIN need AS text NOT NULL")
    op.execute("ALTER TABLE orders ADD dd need")


def downgrade():
    op.execute("select 1")
