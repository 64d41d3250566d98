"""Needed column

Revision ID: c004
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c004'
down_revision = 'c003'


def upgrade():
    op.add_column("coupons", sa.Column("owner", sa.Integer, nullable=False))


def downgrade():
    op.drop_column("coupons", "owner")
