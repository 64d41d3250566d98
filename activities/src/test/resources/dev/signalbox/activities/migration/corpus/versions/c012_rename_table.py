"""Rename table

Revision ID: c012
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c012'
down_revision = 'c011'


def upgrade():
    op.rename_table("coupons", "vouchers")


def downgrade():
    op.rename_table("vouchers", "coupons")
