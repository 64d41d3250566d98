"""PyGithub against the sandbox. GITHUB_URL, GITHUB_TOKEN, REPOSITORY say where.

One line for each step; the exit code is the number of failures.
"""

import os
import sys
import time
import traceback

from github import Auth, Github, GithubException, InputGitTreeElement

BASE = os.environ["GITHUB_URL"]
FULL = os.environ["REPOSITORY"]
failures = 0
state = {}


def step(name):
    def run(work):
        global failures
        try:
            work()
            print("ok", name)
        except Exception:
            failures += 1
            print("FAILED", name + ":", traceback.format_exc().replace("\n", " | "))

    return run


def refused(status, words, work):
    try:
        work()
    except GithubException as problem:
        assert problem.status == status, problem
        assert words in str(problem.data), problem
        return
    raise AssertionError("not refused with %d" % status)


github = Github(
    base_url=BASE, auth=Auth.Token(os.environ["GITHUB_TOKEN"]), retry=None, seconds_between_requests=0,
    seconds_between_writes=0, lazy=False
)
repo = github.get_repo(FULL)


@step("user and repository")
def _():
    assert github.get_user().login
    assert repo.url.startswith(BASE)
    assert repo.default_branch == "main"


@step("branches and refs, plain slashes")
def _():
    state["main"] = repo.get_branch("main").commit.sha
    made = repo.create_git_ref("refs/heads/py/feature", state["main"])
    assert repo.get_git_ref("heads/py/feature").object.sha == state["main"]
    assert made.url.startswith(BASE)
    assert "py/feature" in [branch.name for branch in repo.get_branches()]
    refused(422, "Reference already exists", lambda: repo.create_git_ref("refs/heads/py/feature", state["main"]))


@step("contents")
def _():
    made = repo.create_file("py/one.txt", "Add", "one\n", branch="py/feature")
    changed = repo.update_file("py/one.txt", "Change", "two\n", made["content"].sha, branch="py/feature")
    assert repo.get_contents("py/one.txt", ref="py/feature").decoded_content == b"two\n"
    assert isinstance(repo.get_contents("", ref="py/feature"), list)
    refused(409, "does not match", lambda: repo.update_file("py/one.txt", "x", "x", made["content"].sha, branch="py/feature"))
    repo.create_file("py/two.txt", "Add", "two\n", branch="py/feature")
    repo.delete_file("py/one.txt", "Remove", changed["content"].sha, branch="py/feature")
    refused(404, "Not Found", lambda: repo.get_contents("py/one.txt", ref="py/feature"))


@step("trees and commits")
def _():
    ref = repo.get_git_ref("heads/py/feature")
    parent = repo.get_git_commit(ref.object.sha)
    blob = repo.create_git_blob("blob\n", "utf-8")
    tree = repo.create_git_tree(
        [
            InputGitTreeElement("py/blob.txt", "100644", "blob", sha=blob.sha),
            InputGitTreeElement("py/text.txt", "100644", "blob", content="text\n"),
        ],
        parent.tree,
    )
    commit = repo.create_git_commit("By hand", tree, [parent])
    ref.edit(commit.sha)
    paths = [entry.path for entry in repo.get_git_tree("py/feature", recursive=True).tree]
    assert "py/blob.txt" in paths and "py/two.txt" in paths, paths
    state["head"] = commit.sha


@step("compare, commits with pagination")
def _():
    comparison = repo.compare("main", "py/feature")
    assert comparison.status == "ahead" and comparison.ahead_by == 5, comparison.ahead_by
    github.per_page = 2
    commits = list(repo.get_commits(sha="py/feature"))
    assert len(commits) > 5 and commits[0].sha == state["head"]
    assert repo.get_commits(sha="py/feature").totalCount == len(commits)
    assert repo.get_commits(sha="py/feature").reversed[0].sha == commits[-1].sha
    github.per_page = 30
    assert repo.get_commit(state["head"]).stats.total >= 1
    assert [c.sha for c in repo.get_commits(sha="py/feature", path="py/two.txt")] != []


@step("check runs and suites")
def _():
    run = repo.create_check_run("py-ci", state["head"], status="in_progress")
    run.edit(status="completed", conclusion="success", output={"title": "t", "summary": "s"})
    commit = repo.get_commit(state["head"])
    assert [one.name for one in commit.get_check_runs(check_name="py-ci")] == ["py-ci"]
    suite = next(one for one in commit.get_check_suites() if one.id == run.check_suite.id)
    assert suite.conclusion == "success", suite
    assert suite.get_check_runs().totalCount == 1


@step("combined and single statuses")
def _():
    commit = repo.get_commit(state["head"])
    assert commit.get_combined_status().state == "pending"
    commit.create_status("success", context="py/status", description="d", target_url="http://x.test")
    assert commit.get_combined_status().state == "success"
    assert commit.get_statuses().totalCount == 1


@step("pull requests, reviews and labels")
def _():
    pull = repo.create_pull(base="main", head="py/feature", title="Py", body="b")
    state["pull"] = pull.number
    refused(422, "A pull request already exists", lambda: repo.create_pull(base="main", head="py/feature", title="x"))
    assert [one.number for one in repo.get_pulls(head="acme:py/feature")] == [pull.number]
    pull.edit(title="Py 2")
    assert repo.get_pull(pull.number).title == "Py 2"
    assert pull.get_files().totalCount >= 3
    assert pull.get_commits().totalCount == 5
    repo.create_label("py-label", "ff0000")
    pull.add_to_labels("py-label")
    assert [label.name for label in pull.get_labels()] == ["py-label"]
    pull.remove_from_labels("py-label")
    review = pull.create_review(body="looks fine", event="COMMENT")
    assert review.state == "COMMENTED"
    assert pull.get_reviews().totalCount == 1
    refused(422, "Can not approve your own pull request", lambda: pull.create_review(event="APPROVE"))


@step("issues and comments")
def _():
    issue = repo.create_issue("Py broke", body="b", labels=["py-label"])
    state["issue"] = issue.number
    comment = issue.create_comment("hello")
    comment.edit("bye")
    assert [one.body for one in issue.get_comments()] == ["bye"]
    comment.delete()
    issue.edit(state="closed")
    assert repo.get_issue(issue.number).state == "closed"
    assert [one.number for one in repo.get_issues(state="closed", labels=["py-label"])] == [issue.number]
    on_pull = repo.get_pull(state["pull"]).create_issue_comment("on the pull request")
    assert on_pull.body == "on the pull request"


@step("search finds an issue after a while")
def _():
    for _ in range(20):
        if github.search_issues("Py broke", repo=FULL, type="issue").totalCount:
            return
        time.sleep(0.3)
    raise AssertionError("never found")


@step("merge: wrong sha, once, twice")
def _():
    pull = repo.get_pull(state["pull"])
    refused(409, "Head branch was modified", lambda: pull.merge(sha=state["main"]))
    assert pull.merge(sha=state["head"]).merged
    refused(405, "Pull Request is not mergeable", lambda: pull.merge(sha=state["head"]))
    assert repo.get_pull(state["pull"]).is_merged()


@step("deployments and statuses")
def _():
    made = repo.create_deployment("main", environment="py", auto_merge=False, required_contexts=[])
    made.create_status("success", environment_url="http://example.test")
    assert [one.state for one in made.get_statuses()] == ["success"]
    assert repo.get_deployments(environment="py").totalCount == 1


@step("tags and releases")
def _():
    tag = repo.create_git_tag("py-1", "m", state["head"], "commit")
    repo.create_git_ref("refs/tags/py-1", tag.sha)
    release = repo.create_git_release("py-1", "Py 1", "notes")
    assert repo.get_release("py-1").id == release.id
    assert "py-1" in [one.name for one in repo.get_tags()]
    release.update_release("Py one", "notes")
    assert repo.get_latest_release().name == "Py one"
    refused(422, "already_exists", lambda: repo.create_git_release("py-1", "x", "x"))
    release.delete_release()


@step("archive link")
def _():
    assert repo.get_archive_link("tarball", ref="main").startswith("http://")


@step("branch protection")
def _():
    branch = repo.get_branch("py/feature")
    branch.edit_protection(strict=True, contexts=["py-ci"], required_approving_review_count=1)
    protection = branch.get_protection()
    assert protection.required_status_checks.contexts == ["py-ci"]
    assert protection.required_pull_request_reviews.required_approving_review_count == 1
    branch.remove_protection()
    refused(404, "Branch not protected", lambda: repo.get_branch("py/feature").get_protection())


@step("webhooks")
def _():
    hook = repo.create_hook("web", {"url": "http://127.0.0.1:9/", "content_type": "json"}, ["push"], True)
    assert hook.id in [one.id for one in repo.get_hooks()]
    hook.delete()


@step("401, 404 and the rate limit")
def _():
    stranger = Github(base_url=BASE, auth=Auth.Token("wrong"), retry=None, lazy=False)
    refused(401, "Bad credentials", lambda: stranger.get_repo(FULL))
    refused(404, "Not Found", lambda: github.get_repo("acme/nothing-here"))
    before = github.rate_limiting[0]
    repo.get_branch("main")
    assert github.rate_limiting[0] == before - 1
    assert github.get_rate_limit().resources.core.limit > 0


sys.exit(min(failures, 100))
