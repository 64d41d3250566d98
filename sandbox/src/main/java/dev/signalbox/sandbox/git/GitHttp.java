package dev.signalbox.sandbox.git;

import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.Door;
import dev.signalbox.sandbox.Target;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Git's smart HTTP protocol at {@code /OWNER/NAME.git}, for the real {@code git}. Source: git's
 * manual, gitprotocol-http and gitprotocol-v2.
 *
 * <p>Operations in the journal: {@code POST /{owner}/{repo}.git/git-receive-pack} (a push) and
 * {@code …/git-upload-pack} (a fetch) for the exchange itself, {@code GET
 * /{owner}/{repo}.git/info/refs?service=…} for the question before it, so that a fault can be aimed
 * at the push and not at what leads to it.
 *
 * <p>Answers are made whole before they leave: only then can a fault lose or cut them.
 */
public final class GitHttp {

  private static final String PATH = "/{owner}/{repo}.git/";
  private static final String UPLOAD = "git-upload-pack";
  private static final String RECEIVE = "git-receive-pack";

  private final GitRepository repository;
  private final Door door;
  private final Predicate<String> knownToken;

  /**
   * @param knownToken judges the password of Basic authorization, or the token of Bearer; any user
   *     name will do, as at GitHub
   */
  public GitHttp(GitRepository repository, Door door, Predicate<String> knownToken) {
    this.repository = repository;
    this.door = door;
    this.knownToken = knownToken;
  }

  /** Adds the three routes. */
  public void register(RoutesConfig routes) {
    routes.get("/{owner}/{repository}/info/refs", this::advertise);
    routes.post("/{owner}/{repository}/" + UPLOAD, ctx -> exchange(ctx, UPLOAD));
    routes.post("/{owner}/{repository}/" + RECEIVE, ctx -> exchange(ctx, RECEIVE));
  }

  /** What the journal may name at git's door. */
  public static Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (String service : List.of(UPLOAD, RECEIVE)) {
      operations.add(question(service));
      operations.add(exchange(service));
    }
    return operations;
  }

  private static String question(String service) {
    return "GET " + PATH + "info/refs?service=" + service;
  }

  private static String exchange(String service) {
    return "POST " + PATH + service;
  }

  private void advertise(Context ctx) throws Exception {
    String service = Optional.ofNullable(ctx.queryParam("service")).orElse("");
    if (!service.equals(UPLOAD) && !service.equals(RECEIVE)) {
      ctx.status(403).result("Please upgrade your git client.\n");
      return;
    }
    door.handle(
        ctx,
        question(service),
        call -> {
          if (refused(ctx, service)) {
            return;
          }
          ByteArrayOutputStream answer = new ByteArrayOutputStream();
          PacketLineOut lines = new PacketLineOut(answer);
          PacketLineOutRefAdvertiser refs = new PacketLineOutRefAdvertiser(lines);
          if (service.equals(UPLOAD)) {
            upload(ctx).sendAdvertisedRefs(refs, service);
          } else {
            lines.writeString("# service=" + service + "\n");
            lines.end();
            receive().sendAdvertisedRefs(refs);
          }
          answer(ctx, "application/x-" + service + "-advertisement", answer);
        });
  }

  private void exchange(Context ctx, String service) throws Exception {
    door.handle(
        ctx,
        exchange(service),
        call -> {
          if (refused(ctx, service)) {
            return;
          }
          // Read to the end before the lock is taken: a slow sender holds nobody up.
          byte[] request = request(ctx);
          ByteArrayOutputStream answer = new ByteArrayOutputStream();
          if (service.equals(UPLOAD)) {
            upload(ctx).upload(new ByteArrayInputStream(request), answer, null);
          } else {
            receive(call, request, answer);
          }
          answer(ctx, "application/x-" + service + "-result", answer);
        });
  }

  private UploadPack upload(Context ctx) {
    UploadPack pack = new UploadPack(repository.jgit());
    pack.setBiDirectionalPipe(false);
    // A commit of a deleted branch stays fetchable by its SHA, as at GitHub.
    pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
    Optional.ofNullable(ctx.header("Git-Protocol"))
        .ifPresent(protocol -> pack.setExtraParameters(List.of(protocol.split(":", -1))));
    return pack;
  }

  private ReceivePack receive() {
    ReceivePack pack = new ReceivePack(repository.jgit());
    pack.setBiDirectionalPipe(false);
    pack.setRefLogIdent(Person.withLogin("signalbox-sandbox", Instant.EPOCH).ident());
    return pack;
  }

  private void receive(Call call, byte[] request, ByteArrayOutputStream answer) {
    repository.locked(
        () -> {
          ReceivePack pack = receive();
          pack.setPostReceiveHook((done, commands) -> note(call, commands));
          try {
            pack.receive(new ByteArrayInputStream(request), answer, null);
          } catch (IOException problem) {
            throw new UncheckedIOException(problem);
          }
          return null;
        });
  }

  private void note(Call call, Collection<ReceiveCommand> commands) {
    for (ReceiveCommand command : commands) {
      if (command.getResult() == ReceiveCommand.Result.OK) {
        call.changedState();
        String ref = command.getRefName();
        call.target(Target.ofBranch(org.eclipse.jgit.lib.Repository.shortenRefName(ref)));
        ReceiveCommand.Type type = command.getType();
        repository.note(
            ref,
            type == ReceiveCommand.Type.CREATE ? null : command.getOldId().name(),
            type == ReceiveCommand.Type.DELETE ? null : command.getNewId().name());
      }
    }
  }

  private static byte[] request(Context ctx) throws IOException {
    // Not Javalin's body(): that has an upper limit, and a pack has none.
    try (InputStream raw = ctx.req().getInputStream();
        InputStream plain =
            "gzip".equals(ctx.header("Content-Encoding")) ? new GZIPInputStream(raw) : raw) {
      return plain.readAllBytes();
    }
  }

  private static void answer(Context ctx, String contentType, ByteArrayOutputStream body) {
    ctx.header("Cache-Control", "no-cache, max-age=0, must-revalidate")
        .contentType(contentType)
        .result(body.toByteArray());
  }

  /** Says no to an unknown repository, an unknown token, and to strangers who want to write. */
  private boolean refused(Context ctx, String service) throws IOException {
    String asked = ctx.pathParam("owner") + "/" + ctx.pathParam("repository");
    String plain =
        asked.endsWith(".git") ? asked.substring(0, asked.length() - ".git".length()) : asked;
    Optional<String> token = token(ctx);
    boolean stranger = token.filter(knownToken).isEmpty();
    boolean open =
        token.isEmpty()
            && service.equals(UPLOAD)
            && InetAddress.getByName(ctx.ip()).isLoopbackAddress();
    if (stranger && !open) {
      ctx.status(401)
          .header("WWW-Authenticate", "Basic realm=\"GitHub\"")
          .result("remote: Invalid username or token.\n");
      return true;
    }
    if (!plain.equalsIgnoreCase(repository.name())) {
      ctx.status(404).result("Repository not found.\n");
      return true;
    }
    return false;
  }

  private static Optional<String> token(Context ctx) {
    String header = Optional.ofNullable(ctx.header("Authorization")).orElse("");
    String[] parts = header.split(" ", 2);
    if (parts.length < 2) {
      return Optional.empty();
    }
    if (!parts[0].equalsIgnoreCase("basic")) {
      return Optional.of(parts[1].strip());
    }
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return Optional.of("");
    }
    String user = pair.substring(0, Math.max(0, pair.indexOf(':')));
    String password = pair.substring(pair.indexOf(':') + 1);
    // A token may also stand alone as the user name.
    return Optional.of(password.isEmpty() ? user : password);
  }
}
