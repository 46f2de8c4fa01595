package io.triggerquery.demo.launcher.part;

import java.util.List;
import java.util.Map;

/** A command, and what its environment has in addition to the launcher's own. */
public record Launch(List<String> command, Map<String, String> environment) {}
