"""Reads before it writes: nothing to render

Revision ID: c035
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c035'
down_revision = 'c034'


def upgrade():
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT id FROM users")).fetchall():
        connection.execute(sa.text(f"UPDATE users SET email = '{row[0]}' WHERE id = {row[0]}"))


def downgrade():
    op.execute("SELECT 1")
