"""Drop unique index

Revision ID: c010
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c010'
down_revision = 'c009'


def upgrade():
    op.drop_index("ux_coupons_code")


def downgrade():
    op.create_index("ux_coupons_code", "coupons", ["code"], unique=True)
