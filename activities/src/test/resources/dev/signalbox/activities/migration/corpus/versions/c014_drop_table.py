"""Drop table

Revision ID: c014
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c014'
down_revision = 'c013'


def upgrade():
    op.drop_table("vouchers")


def downgrade():
    op.create_table("vouchers", sa.Column("id", sa.Integer, primary_key=True))
