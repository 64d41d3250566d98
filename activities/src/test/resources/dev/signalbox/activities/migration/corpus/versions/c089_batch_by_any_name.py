"""A batch by any name

Revision ID: c089
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c089'
down_revision = 'c088'


def upgrade():
    op.get_bind().exec_driver_sql("SELECT 1").scalar_one()
    with op.batch_alter_table("users") as b:
        b.drop_column("email")


def downgrade():
    op.execute("select 1")
