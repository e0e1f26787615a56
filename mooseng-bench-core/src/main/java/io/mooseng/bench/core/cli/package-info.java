/**
 * The command line: commands, the division of options between us and JMH, progress, and exit codes.
 * The only place that ends the program.
 */
package io.mooseng.bench.core.cli;
