"""Users, orders and coupons

Revision ID: c001
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c001'
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.String(50)), sa.Column("nick", sa.String(50)))
    op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True), sa.Column("user_id", sa.Integer), sa.Column("total", sa.Integer), sa.Column("note", sa.String(50), server_default="none"))
    op.create_table("coupons", sa.Column("id", sa.Integer, primary_key=True), sa.Column("code", sa.String(10)))
    op.create_index("ix_users_nick", "users", ["nick"])
    op.create_index("ux_coupons_code", "coupons", ["code"], unique=True)


def downgrade():
    op.drop_table("coupons")
    op.drop_table("orders")
    op.drop_table("users")
