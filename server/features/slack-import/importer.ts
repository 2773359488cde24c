import { defineImporter } from '../../core/imports/importers.ts'
import { slack } from './commands.ts'

defineImporter(slack)
