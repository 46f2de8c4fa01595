package io.triggerquery.demo.launcher.part;

import java.util.List;
import java.util.Map;

/** A command and its variables in addition to the launcher's environment. */
public record Launch(List<String> command, Map<String, String> environment) {}
