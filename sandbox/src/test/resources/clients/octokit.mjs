// Octokit against the sandbox: node octokit.mjs. OCTOKIT_DIR holds node_modules/octokit; GITHUB_URL,
// GITHUB_TOKEN, REPOSITORY say where. One line for each step; the exit code is the number of failures.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.OCTOKIT_DIR + "/");
const { Octokit } = await import(pathToFileURL(require.resolve("octokit")));
const [owner, repo] = process.env.REPOSITORY.split("/");
const base = process.env.GITHUB_URL;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const options = { baseUrl: base, log: quiet, retry: { enabled: false }, throttle: { enabled: false } };
const octokit = new Octokit({ ...options, auth: process.env.GITHUB_TOKEN });
const rest = octokit.rest;
const here = { owner, repo };
const state = {};
let failures = 0;

async function step(name, work) {
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (problem) {
    failures++;
    console.log(`FAILED ${name}: ${problem.status ?? ""} ${problem.stack}`);
  }
}

async function refused(status, text, work) {
  await assert.rejects(work, (problem) => {
    assert.equal(problem.status, status, problem.message);
    assert.match(problem.message, text);
    return true;
  });
}

const text = (words) => Buffer.from(words).toString("base64");

await step("authenticated user", async () => {
  assert.ok((await rest.users.getAuthenticated()).data.login);
});
await step("repository, with url fields below the base", async () => {
  const { data } = await rest.repos.get(here);
  assert.equal(data.full_name, process.env.REPOSITORY);
  for (const [name, value] of Object.entries(data)) {
    if (name === "url" || (name.endsWith("_url") && typeof value === "string" && value.includes("/repos/"))) {
      assert.ok(value.startsWith(base), `${name} ${value}`);
    }
  }
});
await step("branches and refs", async () => {
  assert.ok((await rest.repos.listBranches(here)).data.length >= 1);
  state.main = (await rest.repos.getBranch({ ...here, branch: "main" })).data.commit.sha;
  const ref = await rest.git.getRef({ ...here, ref: "heads/main" });
  assert.equal(ref.data.object.sha, state.main);
});
await step("create a branch", async () => {
  const made = await rest.git.createRef({ ...here, ref: "refs/heads/octo/feature", sha: state.main });
  assert.equal(made.status, 201);
  await refused(422, /Reference already exists/, () =>
    rest.git.createRef({ ...here, ref: "refs/heads/octo/feature", sha: state.main }));
  assert.equal((await rest.git.listMatchingRefs({ ...here, ref: "heads/octo" })).data.length, 1);
});
await step("put contents", async () => {
  const put = await rest.repos.createOrUpdateFileContents({
    ...here, path: "octo.txt", branch: "octo/feature", message: "Add octo.txt", content: text("one\n") });
  assert.equal(put.status, 201);
  const again = await rest.repos.createOrUpdateFileContents({
    ...here, path: "octo.txt", branch: "octo/feature", message: "Change octo.txt", content: text("two\n"),
    sha: put.data.content.sha });
  assert.equal(again.status, 200);
  await refused(409, /does not match/, () => rest.repos.createOrUpdateFileContents({
    ...here, path: "octo.txt", branch: "octo/feature", message: "x", content: text("x"), sha: put.data.content.sha }));
  const got = await rest.repos.getContent({ ...here, path: "octo.txt", ref: "octo/feature" });
  assert.equal(Buffer.from(got.data.content, "base64").toString(), "two\n");
  const raw = await rest.repos.getContent({
    ...here, path: "octo.txt", ref: "octo/feature", mediaType: { format: "raw" } });
  assert.equal(raw.data, "two\n");
  assert.ok(Array.isArray((await rest.repos.getContent({ ...here, path: "" })).data));
});
await step("delete contents", async () => {
  const put = await rest.repos.createOrUpdateFileContents({
    ...here, path: "gone.txt", branch: "octo/feature", message: "Add", content: text("x") });
  const gone = await rest.repos.deleteFile({
    ...here, path: "gone.txt", branch: "octo/feature", message: "Remove", sha: put.data.content.sha });
  assert.equal(gone.data.content, null);
  await refused(404, /Not Found/, () => rest.repos.getContent({ ...here, path: "gone.txt", ref: "octo/feature" }));
});
await step("blobs, trees and commits", async () => {
  const blob = await rest.git.createBlob({ ...here, content: text("blob\n"), encoding: "base64" });
  const tip = (await rest.git.getRef({ ...here, ref: "heads/octo/feature" })).data.object.sha;
  const before = (await rest.git.getCommit({ ...here, commit_sha: tip })).data;
  const tree = await rest.git.createTree({ ...here, base_tree: before.tree.sha, tree: [
    { path: "deep/blob.txt", mode: "100644", type: "blob", sha: blob.data.sha },
    { path: "deep/run.sh", mode: "100755", type: "blob", content: "echo\n" },
    { path: "octo.txt", mode: "100644", type: "blob", sha: null } ] });
  assert.equal(tree.status, 201);
  const commit = await rest.git.createCommit({ ...here, message: "By hand", tree: tree.data.sha, parents: [tip] });
  assert.equal(commit.data.parents[0].sha, tip);
  const moved = await rest.git.updateRef({ ...here, ref: "heads/octo/feature", sha: commit.data.sha });
  assert.equal(moved.data.object.sha, commit.data.sha);
  const whole = await rest.git.getTree({ ...here, tree_sha: "octo/feature", recursive: "1" });
  const entry = whole.data.tree.find((one) => one.path === "deep/run.sh");
  assert.equal(entry.mode, "100755");
  assert.ok(!whole.data.tree.some((one) => one.path === "octo.txt"));
  const back = await rest.git.getBlob({ ...here, file_sha: blob.data.sha });
  assert.equal(Buffer.from(back.data.content, "base64").toString(), "blob\n");
  state.head = commit.data.sha;
});
await step("compare", async () => {
  const { data } = await rest.repos.compareCommitsWithBasehead({ ...here, basehead: "main...octo/feature" });
  assert.equal(data.status, "ahead");
  assert.ok(data.files.length >= 2);
});
await step("commits with pagination", async () => {
  for (let n = 0; n < 5; n++) {
    await rest.repos.createOrUpdateFileContents({
      ...here, path: `pages/${n}.txt`, branch: "octo/feature", message: `Page ${n}`, content: text(`${n}`) });
  }
  const first = await rest.repos.listCommits({ ...here, sha: "octo/feature", per_page: 2 });
  assert.match(first.headers.link, /rel="next"/);
  assert.match(first.headers.link, /rel="last"/);
  const second = await rest.repos.listCommits({ ...here, sha: "octo/feature", per_page: 2, page: 2 });
  assert.match(second.headers.link, /rel="prev"/);
  assert.match(second.headers.link, /rel="first"/);
  const all = await octokit.paginate(rest.repos.listCommits, { ...here, sha: "octo/feature", per_page: 2 });
  assert.ok(all.length >= 9, `${all.length}`);
  state.head = all[0].sha;
});
await step("check runs and suites", async () => {
  const run = await rest.checks.create({ ...here, name: "octo-ci", head_sha: state.head, status: "in_progress" });
  assert.equal(run.status, 201);
  const done = await rest.checks.update({
    ...here, check_run_id: run.data.id, conclusion: "success", output: { title: "Fine", summary: "All" } });
  assert.equal(done.data.status, "completed");
  const runs = await rest.checks.listForRef({ ...here, ref: state.head, check_name: "octo-ci" });
  assert.equal(runs.data.total_count, 1);
  const suites = await rest.checks.listSuitesForRef({ ...here, ref: state.head });
  const suite = suites.data.check_suites.find((one) => one.id === run.data.check_suite.id);
  assert.equal(suite.conclusion, "success");
  assert.equal((await rest.checks.getSuite({ ...here, check_suite_id: suite.id })).data.head_sha, state.head);
  assert.equal((await rest.checks.listForSuite({ ...here, check_suite_id: suite.id })).data.total_count, 1);
});
await step("statuses", async () => {
  const made = await rest.repos.createCommitStatus({ ...here, sha: state.head, state: "failure", context: "octo/status" });
  assert.equal(made.status, 201);
  assert.equal((await rest.repos.getCombinedStatusForRef({ ...here, ref: state.head })).data.state, "failure");
  await rest.repos.createCommitStatus({ ...here, sha: state.head, state: "success", context: "octo/status" });
  assert.equal((await rest.repos.getCombinedStatusForRef({ ...here, ref: "octo/feature" })).data.state, "success");
  assert.equal((await rest.repos.listCommitStatusesForRef({ ...here, ref: state.head })).data.length, 2);
});
await step("pull requests", async () => {
  const made = await rest.pulls.create({ ...here, head: "octo/feature", base: "main", title: "Octo", body: "text" });
  state.pull = made.data.number;
  await refused(422, /A pull request already exists/, () =>
    rest.pulls.create({ ...here, head: "octo/feature", base: "main", title: "Octo" }));
  assert.equal((await rest.pulls.list({ ...here, head: `${owner}:octo/feature` })).data.length, 1);
  await rest.pulls.get({ ...here, pull_number: state.pull });
  assert.equal((await rest.pulls.get({ ...here, pull_number: state.pull })).data.mergeable, true);
  assert.ok((await rest.pulls.listFiles({ ...here, pull_number: state.pull })).data.length > 2);
  assert.ok((await rest.pulls.listCommits({ ...here, pull_number: state.pull })).data.length > 2);
  const diff = await rest.pulls.get({ ...here, pull_number: state.pull, mediaType: { format: "diff" } });
  assert.match(diff.data, /diff --git/);
});
await step("issues, labels and comments", async () => {
  await rest.issues.createLabel({ ...here, name: "release note", color: "00ff00", description: "d" });
  await refused(422, /already_exists/, () => rest.issues.createLabel({ ...here, name: "release note" }));
  const issue = await rest.issues.create({ ...here, title: "Octo broke", body: "b", labels: ["release note", "bug"] });
  state.issue = issue.data.number;
  assert.equal(issue.data.labels.length, 2);
  const listed = await rest.issues.listForRepo({ ...here, labels: "release note", state: "open" });
  assert.deepEqual(listed.data.map((one) => one.number), [state.issue]);
  await rest.issues.addLabels({ ...here, issue_number: state.pull, labels: ["release note"] });
  assert.equal((await rest.pulls.get({ ...here, pull_number: state.pull })).data.labels[0].name, "release note");
  await rest.issues.removeLabel({ ...here, issue_number: state.issue, name: "release note" });
  await refused(404, /Label does not exist/, () =>
    rest.issues.removeLabel({ ...here, issue_number: state.issue, name: "release note" }));
  const comment = await rest.issues.createComment({ ...here, issue_number: state.pull, body: "hello" });
  await rest.issues.updateComment({ ...here, comment_id: comment.data.id, body: "bye" });
  assert.equal((await rest.issues.listComments({ ...here, issue_number: state.pull })).data[0].body, "bye");
  await rest.issues.deleteComment({ ...here, comment_id: comment.data.id });
  const closed = await rest.issues.update({
    ...here, issue_number: state.issue, state: "closed", state_reason: "not_planned" });
  assert.equal(closed.data.state, "closed");
  assert.equal((await rest.issues.get({ ...here, issue_number: state.pull })).data.pull_request.url.startsWith(base), true);
});
await step("search finds an issue after a while", async () => {
  const q = `repo:${owner}/${repo} is:issue "Octo broke"`;
  let found = 0;
  for (let tries = 0; tries < 20 && found === 0; tries++) {
    found = (await rest.search.issuesAndPullRequests({ q })).data.total_count;
    if (found === 0) await new Promise((done) => setTimeout(done, 300));
  }
  assert.equal(found, 1);
});
await step("merge: wrong sha, once, twice", async () => {
  const merge = (sha) => rest.pulls.merge({ ...here, pull_number: state.pull, sha, merge_method: "merge" });
  await refused(409, /Head branch was modified/, () => merge(state.main));
  const merged = await merge(state.head);
  assert.equal(merged.data.merged, true);
  await refused(405, /Pull Request is not mergeable/, () => merge(state.head));
  assert.equal((await rest.pulls.checkIfMerged({ ...here, pull_number: state.pull })).status, 204);
  state.merged = merged.data.sha;
  assert.equal((await rest.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: state.merged })).data.length, 1);
});
await step("deployments and their statuses", async () => {
  const made = await rest.repos.createDeployment({
    ...here, ref: "main", environment: "octo", auto_merge: false, required_contexts: [] });
  assert.equal(made.status, 201);
  await rest.repos.createDeploymentStatus({
    ...here, deployment_id: made.data.id, state: "success", environment_url: "http://example.test" });
  const statuses = await rest.repos.listDeploymentStatuses({ ...here, deployment_id: made.data.id });
  assert.equal(statuses.data[0].state, "success");
  assert.equal((await rest.repos.listDeployments({ ...here, environment: "octo" })).data.length, 1);
});
await step("tags and releases", async () => {
  const tag = await rest.git.createTag({ ...here, tag: "octo-1", message: "m", object: state.merged, type: "commit" });
  await rest.git.createRef({ ...here, ref: "refs/tags/octo-1", sha: tag.data.sha });
  assert.equal((await rest.git.getTag({ ...here, tag_sha: tag.data.sha })).data.object.sha, state.merged);
  const release = await rest.repos.createRelease({ ...here, tag_name: "octo-1", name: "Octo 1", body: "notes" });
  assert.equal((await rest.repos.getReleaseByTag({ ...here, tag: "octo-1" })).data.id, release.data.id);
  assert.equal((await rest.repos.getLatestRelease(here)).data.id, release.data.id);
  await rest.repos.updateRelease({ ...here, release_id: release.data.id, body: "better notes" });
  assert.equal((await rest.repos.getRelease({ ...here, release_id: release.data.id })).data.body, "better notes");
  assert.ok((await rest.repos.listTags(here)).data.some((one) => one.name === "octo-1"));
  await refused(422, /already_exists/, () => rest.repos.createRelease({ ...here, tag_name: "octo-1" }));
  await rest.repos.deleteRelease({ ...here, release_id: release.data.id });
});
await step("archives", async () => {
  const tar = await rest.repos.downloadTarballArchive({ ...here, ref: "main" });
  assert.deepEqual([...new Uint8Array(tar.data).slice(0, 2)], [0x1f, 0x8b]);
  const zip = await rest.repos.downloadZipballArchive({ ...here, ref: "main" });
  assert.equal(Buffer.from(zip.data).subarray(0, 2).toString(), "PK");
});
await step("branch protection and rulesets", async () => {
  await rest.git.createRef({ ...here, ref: "refs/heads/octo/guarded", sha: state.main });
  await rest.repos.updateBranchProtection({
    ...here, branch: "octo/guarded", required_status_checks: { strict: false, contexts: ["octo-ci"] },
    enforce_admins: true, required_pull_request_reviews: { required_approving_review_count: 1 }, restrictions: null });
  const read = await rest.repos.getBranchProtection({ ...here, branch: "octo/guarded" });
  assert.deepEqual(read.data.required_status_checks.contexts, ["octo-ci"]);
  await rest.repos.deleteBranchProtection({ ...here, branch: "octo/guarded" });
  await refused(404, /Branch not protected/, () => rest.repos.getBranchProtection({ ...here, branch: "octo/guarded" }));
  const rules = await rest.repos.createRepoRuleset({
    ...here, name: "octo", target: "branch", enforcement: "active",
    conditions: { ref_name: { include: ["refs/heads/octo/guarded"], exclude: [] } },
    rules: [{ type: "required_linear_history" }] });
  const active = await rest.repos.getBranchRules({ ...here, branch: "octo/guarded" });
  assert.deepEqual(active.data.map((one) => one.type), ["required_linear_history"]);
  await rest.repos.deleteRepoRuleset({ ...here, ruleset_id: rules.data.id });
});
await step("webhooks", async () => {
  const hook = await rest.repos.createWebhook({
    ...here, events: ["push"], config: { url: "http://127.0.0.1:9/", content_type: "json", secret: "s" } });
  assert.equal(hook.data.config.secret, "********");
  assert.equal((await rest.repos.listWebhooks(here)).data.length >= 1, true);
  await rest.repos.deleteWebhook({ ...here, hook_id: hook.data.id });
});
await step("401, 404 and 422", async () => {
  const stranger = new Octokit({ ...options, auth: "wrong" });
  await refused(401, /Bad credentials/, () => stranger.rest.repos.get(here));
  await refused(404, /Not Found/, () => rest.repos.get({ owner, repo: "nothing-here" }));
  await refused(422, /Validation Failed/, () => rest.pulls.create({ ...here, head: "nowhere", base: "main", title: "x" }));
});
await step("rate limit counts down, a known answer costs nothing", async () => {
  const { data } = await rest.rateLimit.get();
  for (const name of ["core", "search", "graphql", "integration_manifest"]) {
    assert.ok(data.resources[name].limit > 0, name);
  }
  const first = await rest.repos.get(here);
  const second = await rest.repos.get({ ...here, headers: { accept: "application/json" } });
  assert.equal(second.headers["x-ratelimit-remaining"], `${first.headers["x-ratelimit-remaining"] - 1}`);
  await refused(304, /./, () => rest.repos.get({ ...here, headers: { "if-none-match": first.headers.etag } })
    .catch((problem) => { problem.message ||= "Not modified"; throw problem; }));
});
process.exit(Math.min(failures, 100));
