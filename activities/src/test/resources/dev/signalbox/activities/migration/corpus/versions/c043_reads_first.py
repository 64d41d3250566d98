"""Cannot be rendered: offline there is no answer

Revision ID: c043
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c043'
down_revision = 'c042'


def upgrade():
    op.get_bind().exec_driver_sql("SELECT 1").scalar_one()
    op.create_table("jobs", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("jobs")
