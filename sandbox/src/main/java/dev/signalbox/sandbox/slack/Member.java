package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Somebody in the workspace. */
record Member(String id, String name, boolean bot) {

  ObjectNode json(String team) {
    ObjectNode user = Json.object();
    user.put("id", id).put("team_id", team).put("name", name).put("deleted", false);
    user.put("real_name", name).put("is_bot", bot).put("is_app_user", false).put("tz", "Etc/UTC");
    ObjectNode profile = user.putObject("profile");
    profile.put("real_name", name).put("display_name", name);
    if (!bot) {
      profile.put("email", name + "@example.com");
    }
    return user;
  }
}
