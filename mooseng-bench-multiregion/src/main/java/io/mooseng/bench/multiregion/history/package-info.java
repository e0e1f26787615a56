/**
 * What clients asked of a system and what they were told, with the times of both: the record a
 * consistency checker judges. Recording, and export for other checkers.
 */
package io.mooseng.bench.multiregion.history;
