"""Clusters: schools that share link workers, who are asked first."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.desk.ports import NotKept
from bot.storage.access import OPERATOR
from bot.storage.audit import AuditShelf
from bot.storage.tables import LinkWorker, School, Worker


class ClusterShelf(AuditShelf):
    """Keeps which schools are in a cluster, and who its link workers are. A cluster is a name within an area."""

    def put_in_cluster(self, school_id: str, cluster: str | None, now: datetime) -> None:
        """Put a school in a cluster, or in none. Raises NotKept."""
        with self._write() as session:
            school = session.get(School, school_id)
            if school is None:
                raise NotKept("school")
            school.cluster = cluster
            self._append(session, "school.clustered", OPERATOR, school_id, now)

    def set_link_workers(self, area: str, cluster: str, logins: tuple[str, ...], now: datetime) -> None:
        """Say who the link workers of a cluster are, in place of those before. Raises NotKept for one not there."""
        with self._write() as session:
            theirs = select(Worker.id).where(Worker.login.in_(logins), Worker.area == area)
            ids = session.scalars(theirs).all()
            if len(ids) != len(set(logins)):
                raise NotKept("worker")
            session.execute(delete(LinkWorker).where(LinkWorker.area == area, LinkWorker.cluster == cluster))
            session.add_all(LinkWorker(area=area, cluster=cluster, worker_id=id) for id in ids)
            for id in ids:
                self._append(session, "worker.linked", OPERATOR, id, now)
