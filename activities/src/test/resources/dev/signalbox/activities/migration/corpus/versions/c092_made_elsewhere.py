"""A table made in another schema

Revision ID: c092
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c092'
down_revision = 'c091'


def upgrade():
    op.get_bind().exec_driver_sql("SELECT 1").scalar_one()
    op.create_table("users", sa.Column("id", sa.Integer), schema="audit")
    op.drop_table("users")


def downgrade():
    op.execute("select 1")
