"""Operations by any name

Revision ID: c090
Author: corpus
"""

# expected class: contract

from alembic import op as o
import sqlalchemy as sa
from alembic import op

revision = 'c090'
down_revision = 'c089'


def upgrade():
    op.get_bind().exec_driver_sql("SELECT 1").scalar_one()
    o.drop_table("users")


def downgrade():
    op.execute("select 1")
