import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import type { Step } from '../../kernel/schema.ts'

export const Cut = z.enum(['community', 'site', 'department', 'topic'])
/** What people are grouped by. */
export type Cut = z.infer<typeof Cut>

declare module '../../kernel/db.ts' {
  interface Tables {
    /** what is told of groups of eight people or more; `people` in eights, `within` and links in steps (see steps.ts), a value for each frame, -1: not told */
    map_regions: {
      id: string; cut: Cut; parent_id: string | null; place: number; x: number; y: number; r: number; people: number; parts: number
      label: string; words: string[]; space_id: string | null; within: number[]
    }
    map_links: { a: string; b: string; cut: Cut; parent_id: string | null; strength: number[]; against_chance: number }
    /** two that talk about the same, and hardly with each other */
    map_alike: { a: string; b: string; cut: Cut; parent_id: string | null; words: string[] }
    /** two groups that somebody does not want to be told of again */
    map_declined: { person_id: string; a: string; b: string }
    /** who is in which innermost region: kept to draw the next map from, shown to nobody but the person */
    map_people: { cut: Cut; person_id: string; region_id: string; standing: Standing | null }
    map_drawings: { singleton: Generated<boolean>; drawn_at: Generated<string>; grouped_at: string; months: string[]; figures: string | Figures }
  }
}

export const migrations: Record<string, Step> = {
  '0035-map': {
    up: (db) => sql`
      create table map_regions (
        id uuid primary key, cut text not null, parent_id uuid, place int not null, x real not null, y real not null, r real not null,
        people int not null, parts int not null, label text not null, words text[] not null, space_id uuid references spaces on delete set null,
        within smallint[] not null
      );
      create index map_regions_cut on map_regions (cut, parent_id, place);
      create table map_links (
        a uuid not null, b uuid not null, cut text not null, parent_id uuid, strength smallint[] not null, against_chance smallint not null, primary key (a, b)
      );
      create table map_alike (a uuid not null, b uuid not null, cut text not null, parent_id uuid, words text[] not null, primary key (a, b));
      create table map_declined (person_id uuid not null references people on delete cascade, a uuid not null, b uuid not null, primary key (person_id, a, b));
      create index map_links_cut on map_links (cut, parent_id);
      create table map_people (
        cut text not null, person_id uuid not null references people on delete cascade, region_id uuid not null, standing text, primary key (person_id, cut)
      );
      create table map_drawings (
        singleton boolean primary key default true check (singleton), drawn_at timestamptz not null default now(),
        grouped_at timestamptz not null, months text[] not null, figures jsonb not null
      )`.execute(db),
  },
  // It was made of private ties, too.
  '0152-standing-by-open-ties': { up: (db) => sql`update map_people set standing = null`.execute(db) },
}

/** Shares are per cent in steps of five; a number of people is in eights and means "at least". */
const Figures = z.object({
  /** of all pairs of people of whom one turned to the other: those where both did */
  both_ways: z.number().nullable(),
  core: z.number().nullable(),
  /** of everything, what the eight busiest people are part of */
  share_of_eight: z.number().nullable(),
  /** of everything, what stays within the groups of each cut, and what would by chance */
  staying: z.partialRecord(Cut, z.object({ share: z.number(), by_chance: z.number() })),
})
export type Figures = z.infer<typeof Figures>
/** open: those one talks with hardly talk with each other; closed: they do as much */
const Standing = z.enum(['open', 'closed'])
export type Standing = z.infer<typeof Standing>

export const MapQuery = z.object({ by: Cut.default('community') })
export const ExportQuery = MapQuery.extend({ format: z.enum(['gexf', 'graphml']) })

const Steps = z.array(z.number().nullable())
/** A group of at least so many `people`, told in eights. */
export const Region = z.object({
  id: z.uuid(), by: Cut, parent: z.uuid().nullable(), people: z.number(),
  /** how many regions it consists of; they are read when one looks closer */
  parts: z.number(),
  x: z.number(), y: z.number(), r: z.number(),
  /** a department, site or topic; empty for a community, and for those who are in none of these groups */
  label: z.string(),
  /** what sets it apart, and the open space most of its people are in */
  words: z.array(z.string()), space: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** how much of what its people have to do with anybody stays among them, in each frame: 0 (up to a fifth) … 4 (over four fifths); null: of fewer than eight people */
  within: Steps,
})
/** What ties two regions side by side, in each frame: 0 (nothing that is told) … 4 (over a third of all that the less busy one has to do with anybody). */
export const Link = z.object({
  a: z.uuid(), b: z.uuid(), strength: z.array(z.number()),
  /** -1: less than half of what chance would give, 1: more than twice as much */
  against_chance: z.number(),
})
export const DeclineInput = z.object({ a: z.uuid(), b: z.uuid() })
/** Two regions that talk about the same words, and hardly with each other. */
export const AlikeRegions = z.object({ a: z.uuid(), b: z.uuid(), words: z.array(z.string()) })
export type AlikeRegions = z.infer<typeof AlikeRegions>
export type Region = z.infer<typeof Region>
export type Link = z.infer<typeof Link>

/** The frames are the months named, and last all of it, what is recent counting most. */
export const NetworkMap = z.object({
  by: Cut, cuts: z.array(Cut), drawn_at: z.string().nullable(), months: z.array(z.string()), regions: z.array(Region), links: z.array(Link), alike: z.array(AlikeRegions),
  /** the regions the reader is in, outer ones first; shown to nobody else */
  mine: z.array(z.uuid()),
  /** how those the reader talks with talk with each other, where they are eight or more; to nobody else */
  standing: Standing.nullable(),
  figures: Figures.nullable(),
  in_network: z.boolean(),
})
export type NetworkMap = z.infer<typeof NetworkMap>
export const RegionParts = z.object({ regions: z.array(Region), links: z.array(Link), alike: z.array(AlikeRegions) })
export type RegionParts = z.infer<typeof RegionParts>
