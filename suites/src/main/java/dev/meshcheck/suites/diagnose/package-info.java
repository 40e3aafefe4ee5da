/** The command that finds causes: few requests, layer by layer, each differing in one thing. */
package dev.meshcheck.suites.diagnose;
