package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;

/**
 * How one service would come back to an earlier deployment, and what is not known of that.
 *
 * @param commit whether it could be built again, if it must
 */
record ServiceWayBack(String service, Means means, Instant until, boolean commit) {

  /** By what it would come back, best first. */
  enum Means {
    /** Railway offers the rollback: image, settings and variables of then. */
    ROLLBACK,
    /** An image was made, and Railway neither offers the rollback nor says that it is gone. */
    PREVIOUS_TAG,
    REBUILD,
    /** It could be built again, and the policy does not allow that: a person decides. */
    REBUILD_IF_ALLOWED,
    /** Railway does not list the deployment. */
    UNKNOWN,
    NONE
  }

  /**
   * What Railway has of a deployment.
   *
   * @param offered whether it would roll back to it
   * @param perhaps whether an image of it was made that may still be there
   * @param until when it drops the image; null = not while it serves, or not known
   */
  record Kept(boolean offered, boolean perhaps, Instant until) {
    /** Of what serves: its image is not dropped. */
    static Kept serving(boolean offered, boolean tagged) {
      return new Kept(offered, tagged, null);
    }

    /**
     * Of what may have been replaced.
     *
     * @param tagged whether an image of it was made; the tag stays when the image is dropped
     */
    static Kept at(Instant now, boolean offered, boolean tagged, Instant until) {
      return new Kept(offered, tagged && (until == null || now.isBefore(until)), until);
    }
  }

  /**
   * @param kept null = Railway does not list it
   */
  static ServiceWayBack of(ServiceDeployment target, Kept kept, boolean mayRebuild) {
    return new ServiceWayBack(
        target.service(),
        means(target, kept, mayRebuild),
        kept != null && kept.offered() ? kept.until() : null,
        target.revision() != null);
  }

  private static Means means(ServiceDeployment target, Kept kept, boolean mayRebuild) {
    if (kept != null && kept.offered()) {
      return Means.ROLLBACK;
    }
    if (kept != null && kept.perhaps()) {
      return Means.PREVIOUS_TAG;
    }
    if (target.revision() == null) {
      return Means.NONE;
    }
    if (kept == null) {
      return Means.UNKNOWN;
    }
    return mayRebuild ? Means.REBUILD : Means.REBUILD_IF_ALLOWED;
  }

  /** Null where it is not known, which is no "gone". */
  static Boolean image(Kept kept) {
    return kept.offered() ? Boolean.TRUE : kept.perhaps() ? null : Boolean.FALSE;
  }

  String words() {
    return service
        + ": "
        + switch (means) {
          case ROLLBACK -> "rollback, its image is kept";
          case PREVIOUS_TAG ->
              "Railway offers no rollback; redeploy of the previous image tag, with today's"
                  + " variables, if the image is still there, which Railway does not say"
                  + (commit ? "; else it must be built again" : "");
          case REBUILD -> "its image is gone: it would be built again, with today's variables";
          case REBUILD_IF_ALLOWED ->
              "its image is gone: a person would be asked; with rebuild = true it would be built"
                  + " again, with today's variables";
          case UNKNOWN -> "Railway does not list its deployment";
          case NONE -> "its image is gone, and no commit is known to build again";
        };
  }
}
